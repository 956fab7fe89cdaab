package io.plutorun.agent.launch;

/** Matches names against patterns in which {@code *} stands for any characters but {@code /}, and {@code **} for any at all. */
final class Glob {

    private Glob() {}

    static boolean matches(String pattern, String name) {
        return matches(pattern, 0, name, 0);
    }

    private static boolean matches(String pattern, int p, String name, int n) {
        int i = p;
        int j = n;
        while (i < pattern.length()) {
            char c = pattern.charAt(i);
            if (c == '*') {
                boolean across = i + 1 < pattern.length() && pattern.charAt(i + 1) == '*';
                int rest = i + (across ? 2 : 1);
                for (int k = j; k <= name.length(); k++) {
                    if (matches(pattern, rest, name, k)) {
                        return true;
                    }
                    if (k < name.length() && name.charAt(k) == '/' && !across) {
                        return false;
                    }
                }
                return false;
            }
            if (j == name.length() || name.charAt(j) != c) {
                return false;
            }
            i++;
            j++;
        }
        return j == name.length();
    }
}

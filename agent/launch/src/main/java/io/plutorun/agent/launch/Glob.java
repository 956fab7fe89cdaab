package io.plutorun.agent.launch;

/** Matches names against patterns in which {@code *} stands for any characters but {@code /}, and {@code **} for any at all. */
final class Glob {

    private Glob() {}

    /** Most names differ before the first star: until there nothing is made. */
    static boolean matches(String pattern, String name) {
        int length = Math.min(pattern.length(), name.length());
        int same = 0;
        while (same < length && pattern.charAt(same) == name.charAt(same) && pattern.charAt(same) != '*') {
            same++;
        }
        if (same == pattern.length()) {
            return same == name.length();
        }
        return pattern.charAt(same) == '*' && matches(pattern, name, same);
    }

    /**
     * Keeps, for each beginning of the pattern, all beginnings of the name that it matches. So the time grows with the product of both
     * lengths, however many stars there are.
     *
     * @param same where the pattern's first star stands; what is before it is the same in both
     */
    private static boolean matches(String pattern, String name, int same) {
        boolean[] reached = new boolean[name.length() + 1];
        reached[same] = true;
        for (int i = same; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            boolean across = c == '*' && i + 1 < pattern.length() && pattern.charAt(i + 1) == '*';
            if (c == '*') {
                for (int end = same; end < name.length(); end++) {
                    reached[end + 1] |= reached[end] && (across || name.charAt(end) != '/');
                }
                i += across ? 1 : 0;
            } else {
                for (int end = name.length(); end > same; end--) {
                    reached[end] = reached[end - 1] && name.charAt(end - 1) == c;
                }
                reached[same] = false;
            }
        }
        return reached[name.length()];
    }
}

package io.plutorun.agent.spec;

import java.util.ArrayList;
import java.util.List;

/** The prefix of display ids as the server makes it from a project's name, counted in UTF-16 units as it does. */
final class ProjectPrefix {

    private static final int MIN_LENGTH = 3;
    private static final int MAX_LENGTH = 4;

    private ProjectPrefix() {}

    static String of(String project) {
        List<String> words = words(project);
        StringBuilder prefix = new StringBuilder();
        if (words.size() > 1) {
            for (String word : words) {
                prefix.append(word.charAt(0));
            }
        }
        if (!words.isEmpty()) { // too few initials: the last word goes on
            String last = words.get(words.size() - 1);
            int from = words.size() > 1 ? 1 : 0;
            for (int i = from; i < last.length() && prefix.length() < MIN_LENGTH; i++) {
                prefix.append(last.charAt(i));
            }
        }
        return prefix.substring(0, Math.min(MAX_LENGTH, prefix.length()));
    }

    private static List<String> words(String project) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= project.length(); i++) {
            if (i == project.length() || "-_ .".indexOf(project.charAt(i)) >= 0) {
                if (i > start) {
                    words.add(project.substring(start, i));
                }
                start = i + 1;
            }
        }
        return words;
    }
}

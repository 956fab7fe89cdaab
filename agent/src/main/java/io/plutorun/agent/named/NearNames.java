package io.plutorun.agent.named;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names that somebody may have meant who wrote another one. */
public final class NearNames {

    private static final int MOST = 3;

    /** Of a name so short, two other letters make another name. */
    private static final int SHORT = 4;

    private NearNames() {}

    /** A name that is near; those of a lower rank go first, and then those of a smaller distance. */
    private record Candidate(String name, int rank, int distance) {}

    /** The names that are near, the nearest first, {@value #MOST} at most. Letters that differ in case alone count as the same. */
    public static List<String> of(String meant, Collection<String> names) {
        List<Candidate> near = new ArrayList<>();
        for (String name : names) {
            int distance = distance(meant, name);
            if (distance <= tolerance(meant)) {
                near.add(new Candidate(name, 0, distance));
            }
        }
        return nearest(near);
    }

    /**
     * The classes that a class may be mistaken for: of the same simple name in another package first, then those whose simple name is
     * near, the ones of its own package before others.
     *
     * @param meant a binary name
     * @param classes binary names
     */
    static List<String> ofClasses(String meant, Collection<String> classes) {
        String simple = simple(meant);
        List<Candidate> near = new ArrayList<>();
        for (String name : classes) {
            int distance = distance(simple, simple(name));
            if (distance <= tolerance(simple)) {
                int rank = distance == 0 ? 0 : container(name).equals(container(meant)) ? 1 : 2;
                near.add(new Candidate(name, rank, distance));
            }
        }
        return nearest(near);
    }

    private static List<String> nearest(List<Candidate> candidates) {
        return candidates.stream()
                .sorted(Comparator.comparingInt(Candidate::rank)
                        .thenComparingInt(Candidate::distance)
                        .thenComparing(Candidate::name))
                .map(Candidate::name)
                .distinct()
                .limit(MOST)
                .toList();
    }

    private static String simple(String className) {
        return className.substring(endOfContainer(className) + 1);
    }

    private static String container(String className) {
        return className.substring(0, Math.max(0, endOfContainer(className)));
    }

    private static int endOfContainer(String className) {
        return Math.max(className.lastIndexOf('.'), className.lastIndexOf('$'));
    }

    private static int tolerance(String meant) {
        return meant.length() < SHORT ? 1 : Math.max(2, meant.length() / SHORT);
    }

    /** How many letters must be added, taken away, replaced, or exchanged with their neighbour: the optimal string alignment distance. */
    static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replaced = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + replaced);
                boolean isExchanged =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (isExchanged) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}

package io.plutorun.bench;

import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param names of rows and tables; {@code all} for every one
 * @param rounds how many pairs of each, for a quick trial; 0 for as many as each table says
 */
record Selection(Set<String> names, int rounds) {

    static Selection ofProperties() {
        return new Selection(
                Set.of(System.getProperty("bench", "all").split(",", -1)), Integer.getInteger("bench.rounds", 0));
    }

    boolean has(String name) {
        return names.contains(name) || names.contains("all");
    }

    int rounds(int meant) {
        return rounds == 0 ? meant : Math.min(rounds, meant);
    }
}

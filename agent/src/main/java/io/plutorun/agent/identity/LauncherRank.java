package io.plutorun.agent.identity;

import io.plutorun.agent.journal.RunRecord.Part;
import io.plutorun.agent.settings.Option;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.settings.Sourced;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Of how many processes this one is, by what their launcher says. The first pair of variables that makes sense counts: our own, then that
 * of PyTorch's launchers, then MPI's before Slurm's, since the processes of an {@code mpirun} within a Slurm job all inherit
 * {@code SLURM_PROCID=0} from its script.
 *
 * @param part this process's part; {@link Part#ALONE} when nothing says that there are others
 * @param source where that stands, for a person; empty for nowhere
 */
public record LauncherRank(Part part, String source) {

    private static final LauncherRank NONE = new LauncherRank(Part.ALONE, "");

    /** Variables of launchers; a half pair of Slurm's is common, and means nothing: {@code salloc} sets one. */
    private static final List<Pair> PAIRS = List.of(
            new Pair("WORLD_SIZE", "RANK", null, true),
            new Pair("NUM_NODES", "RANK", "KONDUKTOR_JOB_NAME", true), // one process for each node, and no WORLD_SIZE
            new Pair("OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK", null, true),
            new Pair("PMI_SIZE", "PMI_RANK", null, true),
            new Pair("SLURM_NTASKS", "SLURM_PROCID", null, false));

    /**
     * Two variables.
     *
     * @param size the name of the one that tells how many there are
     * @param rank the name of the one that tells which this is
     * @param under a variable without which the pair means something else; null for none
     * @param told whether a half pair is worth a warning
     */
    private record Pair(String size, String rank, @Nullable String under, boolean told) {}

    /**
     * Finds out.
     *
     * @param environment from the name of a variable to its value
     * @param warnings what a person must mend
     */
    public static LauncherRank find(
            Settings settings, UnaryOperator<@Nullable String> environment, List<String> warnings) {
        Optional<LauncherRank> given = given(settings, warnings);
        if (given.isPresent()) {
            return given.get();
        }
        for (Pair pair : PAIRS) {
            boolean counts = pair.under == null || isSet(environment.apply(pair.under));
            Optional<LauncherRank> found = counts ? of(pair, environment, warnings) : Optional.empty();
            if (found.isPresent()) {
                return found.get();
            }
        }
        return NONE;
    }

    private static Optional<LauncherRank> given(Settings settings, List<String> warnings) {
        Optional<Integer> size = value(settings, Options.WORLD_SIZE);
        Optional<Integer> rank = value(settings, Options.RANK);
        if (size.isEmpty() && rank.isEmpty()) {
            return Optional.empty();
        }
        String source = Options.WORLD_SIZE.variable() + " and " + Options.RANK.variable();
        if (size.isPresent() && size.get() == 1 && rank.orElse(0) == 0) {
            return Optional.of(NONE);
        }
        if (size.isEmpty() || rank.isEmpty()) {
            Option<Integer> missing = size.isEmpty() ? Options.WORLD_SIZE : Options.RANK;
            warnings.add((size.isEmpty() ? Options.RANK : Options.WORLD_SIZE).variable() + " is set without "
                    + missing.variable() + ", and is left out; set both");
            return Optional.empty();
        }
        return checked(rank.get(), size.get(), source, warnings);
    }

    private static Optional<Integer> value(Settings settings, Option<Integer> option) {
        return settings.find(option).map(Sourced::value);
    }

    private static Optional<LauncherRank> of(
            Pair pair, UnaryOperator<@Nullable String> environment, List<String> warnings) {
        String sizeText = environment.apply(pair.size);
        String rankText = environment.apply(pair.rank);
        OptionalInt size = number(sizeText);
        OptionalInt rank = number(rankText);
        if (size.isPresent() && rank.isPresent()) {
            return checked(rank.getAsInt(), size.getAsInt(), pair.size + " and " + pair.rank, warnings);
        }
        boolean othersAreLikely = size.orElse(1) > 1 || (rank.orElse(0) > 0 && isSet(sizeText));
        if (pair.told && othersAreLikely) {
            String wrong = size.isPresent() ? pair.rank : pair.size;
            warnings.add(pair.size + " is \"" + sizeText + "\" and " + pair.rank + " is "
                    + (isSet(rankText) ? "\"" + rankText + "\"" : "not set")
                    + ", so this process counts as the only one; correct " + wrong
                    + ", or set PLUTO_WORLD_SIZE and PLUTO_RANK");
        }
        return Optional.empty();
    }

    private static Optional<LauncherRank> checked(int rank, int size, String source, List<String> warnings) {
        if (size <= 1 && rank == 0) {
            return Optional.of(NONE);
        }
        if (rank >= size) {
            warnings.add(source + " make this rank " + rank + " of " + size
                    + ", which can't be: ranks count from 0; it counts as the only process");
            return Optional.of(NONE);
        }
        return Optional.of(new LauncherRank(new Part(rank, size), source));
    }

    private static boolean isSet(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    private static OptionalInt number(@Nullable String text) {
        if (text == null) {
            return OptionalInt.empty();
        }
        try {
            int number = Integer.parseInt(text.strip());
            return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}

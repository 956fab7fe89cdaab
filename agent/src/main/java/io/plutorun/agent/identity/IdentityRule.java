package io.plutorun.agent.identity;

import io.plutorun.agent.call.Placeholders;
import io.plutorun.agent.call.TrackedMethod;
import io.plutorun.agent.call.UntrackableException;
import io.plutorun.agent.identity.Identity.Kind;
import io.plutorun.agent.settings.Option;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.settings.Source;
import io.plutorun.agent.settings.Sourced;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the id of a call's run: of all sources the highest that names any id wins whole, whichever of the three kinds it names.
 *
 * <p>An id from settings is spent once: the environment of a process names one run, not one for each of its tracked calls;
 * and not one for each of the processes that it starts, which inherit it.
 */
public final class IdentityRule {

    /** How Pluto's Python SDK tells a display id from an external id in {@code PLUTO_RUN_ID}. */
    private static final Pattern DISPLAY_ID = Pattern.compile("[A-Z0-9]{1,4}-\\d+");

    /** What the server takes for a display id; anything else it refuses with a 400, time after time. */
    private static final Pattern RESUMABLE_DISPLAY_ID = Pattern.compile("[A-Za-z0-9]+-\\d+");

    private static final int MAX_NUMBER_BITS = 31;

    private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");

    private static final List<String> OF_ONE_PROCESS = List.of(
            "uuid",
            "host",
            "env.RANK",
            "env.LOCAL_RANK",
            "env.PLUTO_RANK",
            "env.SLURM_PROCID",
            "env.OMPI_COMM_WORLD_RANK",
            "env.PMI_RANK",
            "env.HOSTNAME",
            "env.JOB_COMPLETION_INDEX");

    private final Settings settings;
    private final IdClaims claims;

    public IdentityRule(Settings settings, IdClaims claims) {
        this.settings = settings;
        this.claims = claims;
    }

    /** Whether any source names an id for the method, whatever becomes of it. */
    public boolean isNamed(TrackedMethod method) {
        return !highest(method).isEmpty();
    }

    /**
     * Finds the id.
     *
     * @param warnings what was left out, and why
     * @return the id; empty when none is named
     * @throws UntrackableException when what is named can't be followed
     */
    public Optional<Identity> find(TrackedMethod method, Placeholders placeholders, List<String> warnings)
            throws UntrackableException {
        List<Named> named = highest(method);
        if (named.size() > 1) {
            throw new UntrackableException(
                    "two ids in one source, " + named.get(0) + " and " + named.get(1) + ": keep one of them");
        }
        if (named.isEmpty()) {
            return Optional.empty();
        }
        Named only = named.get(0);
        Placeholders.Expanded expanded = placeholders.expand(only.text);
        String id = expanded.text().strip();
        if (!expanded.missing().isEmpty() || id.isEmpty()) {
            String what = expanded.missing().isEmpty()
                    ? "is empty"
                    : "has no value for " + expanded.missing().get(0);
            warnings.add(only.source + " " + what + "; the call goes on without that id");
            return Optional.empty();
        }
        Identity identity =
                new Identity(only.kind == null ? kindOf(id) : only.kind, id, only.source, !isOfOneProcess(only.text));
        if (identity.kind() == Kind.RUN_ID && !DIGITS.matcher(id).matches()) {
            throw new UntrackableException(
                    identity + " is no number: give the run's number, or use the display id or the external id");
        }
        if (identity.kind() == Kind.DISPLAY_ID
                && !RESUMABLE_DISPLAY_ID.matcher(id).matches()) {
            throw new UntrackableException(identity
                    + " can be no display id, those are like ABC-12: check it, or if it is an id of your own give it as"
                    + " the external id");
        }
        if (identity.kind() == Kind.DISPLAY_ID && isBeyondAllNumbers(id)) {
            throw new UntrackableException(identity
                    + " names no run, its number is too large: check it, or if it is an id of your own give it as"
                    + " the external id");
        }
        Optional<String> taker = only.isSetting() ? claims.take(id) : Optional.empty();
        if (taker.isPresent()) {
            warnings.add(identity + " was taken by " + taker.get() + "; this call goes on without it");
            return Optional.empty();
        }
        return Optional.of(identity);
    }

    /** An id that is made of what differs from process to process is not one that several of them share. */
    private static boolean isOfOneProcess(String text) {
        return OF_ONE_PROCESS.stream()
                .anyMatch(name -> text.contains("${" + name + "}") || text.contains("${" + name + ":-"));
    }

    /** Runs are numbered in 32 bits; asked for a larger number the server fails, time after time. */
    private static boolean isBeyondAllNumbers(String displayId) {
        String number = displayId.substring(displayId.lastIndexOf('-') + 1);
        return number.chars().allMatch(c -> c >= '0' && c <= '9')
                && !number.isEmpty()
                && new BigInteger(number).bitLength() > MAX_NUMBER_BITS;
    }

    /** The Python SDK's reading of {@code PLUTO_RUN_ID}. */
    private static Kind kindOf(String id) {
        if (DIGITS.matcher(id).matches()) {
            return Kind.RUN_ID;
        }
        return DISPLAY_ID.matcher(id).matches() ? Kind.DISPLAY_ID : Kind.EXTERNAL_ID;
    }

    /** All ids that the highest source names. */
    private List<Named> highest(TrackedMethod method) {
        List<Named> all = new ArrayList<>();
        addSettings(all, Options.RUN_ID, null, method);
        addSettings(all, Options.DISPLAY_ID, Kind.DISPLAY_ID, method);
        addSettings(all, Options.EXTERNAL_ID, Kind.EXTERNAL_ID, method);
        addAttribute(all, "runId", Kind.RUN_ID, method.attributes().runId());
        addAttribute(all, "displayId", Kind.DISPLAY_ID, method.attributes().displayId());
        addAttribute(all, "externalId", Kind.EXTERNAL_ID, method.attributes().externalId());
        if (all.isEmpty()) { // most often, on the way to the first line, where the JDK's start-up of streams counts
            return all;
        }
        int best = all.stream().mapToInt(Named::rank).min().orElse(0);
        return all.stream().filter(named -> named.rank() == best).toList();
    }

    private void addSettings(List<Named> all, Option<String> option, @Nullable Kind kind, TrackedMethod method) {
        for (Sourced<String> value : settings.all(option, method.settingsName())) {
            all.add(new Named(kind, value.value(), value.source()));
        }
    }

    private static void addAttribute(List<Named> all, String attribute, Kind kind, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            all.add(new Named(kind, text, Source.annotation(attribute)));
        }
    }

    /** An id as it is written; a null kind is {@code PLUTO_RUN_ID}'s, which depends on the value. */
    private record Named(@Nullable Kind kind, String text, Source source) {

        boolean isSetting() {
            return !source.equals(Source.annotation(source.name()));
        }

        /** Sources from the highest to the lowest: see {@link Source#rank()}. */
        int rank() {
            return source.rank();
        }

        @Override
        public String toString() {
            return "\"" + text + "\" (" + source + ")";
        }
    }
}

package io.plutorun.agent.run;

import io.plutorun.agent.settings.UnusableSettingsException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tracking when the first tracked method is entered, once, and remembers why it could not be made: a setting that is wrong then
 * is wrong for all calls of the process.
 *
 * <p>Its lock is held while the tracking is made, since no call can go on without; it is taken by nobody else.
 */
public final class FirstCall {

    /** Makes the tracking. */
    public interface Opener {

        /**
         * Makes the tracking; no socket is opened yet.
         *
         * @throws UnusableSettingsException when the settings name a server that can't be, or no key though runs must be tracked; the message
         *     says what to do
         */
        Tracking open() throws UnusableSettingsException;
    }

    private final Opener opener;
    private volatile @Nullable Tracking tracking;
    private @Nullable String problem;

    public FirstCall(Opener opener) {
        this.opener = opener;
    }

    /** The tracking; what went wrong with it the first time goes wrong every time, but for a fault or a want of memory. */
    synchronized Tracking tracking() throws UnusableSettingsException {
        Tracking made = tracking;
        if (made != null) {
            return made;
        }
        if (problem != null) {
            throw new UnusableSettingsException(problem);
        }
        try {
            made = opener.open();
            tracking = made;
            return made;
        } catch (UnusableSettingsException e) {
            problem = e.why();
            throw e;
        }
    }

    /** The tracking; null when it has not been made. Takes no lock. */
    @Nullable
    Tracking ifMade() {
        return tracking;
    }
}

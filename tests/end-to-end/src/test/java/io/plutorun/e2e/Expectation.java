package io.plutorun.e2e;

import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;

/** What a call, by what its program wrote down, allows of its run. */
interface Expectation {

    /** Whether the call must have a run: not when its process may have ended before the agent heard of it. */
    boolean mustHaveARun();

    /** Whether the run's verdict is one that a person could write down. */
    boolean allows(FakeRun run);

    /** Whether the run was declared dead, by the server or by a later process. */
    static boolean isDeclaredDead(FakeRun run) {
        String reason = String.valueOf(run.statusMetadata().get("reason"));
        return run.status() == RunStatus.FAILED
                && (reason.contains("died without a verdict")
                        || reason.equals("heartbeat-timeout")
                        || reason.equals("stale"));
    }
}

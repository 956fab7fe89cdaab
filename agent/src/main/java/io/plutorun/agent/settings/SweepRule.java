package io.plutorun.agent.settings;

/** Which runs are told to be of one search over hyperparameters. */
public enum SweepRule {
    /** Runs of one method that differ in what it was given. */
    TRUE,
    /** None. */
    FALSE,
    /** The same as {@link #TRUE}; and each point of a grid that a framework's tuner tries is a run of its own. */
    GRID
}

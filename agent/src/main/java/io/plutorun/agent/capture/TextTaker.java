package io.plutorun.agent.capture;

/** Takes what is captured, on the program's threads: it must not wait, throw, or print. */
public interface TextTaker {

    /** Whether there is anybody to take it. While there is nobody, nothing is captured. */
    boolean isOpen();

    /** Takes a text. */
    void take(CapturedText text);
}

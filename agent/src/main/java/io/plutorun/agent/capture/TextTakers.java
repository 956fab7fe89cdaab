package io.plutorun.agent.capture;

import io.plutorun.agent.current.CurrentRun;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** All takers as one. */
final class TextTakers implements TextTaker {

    private final List<TextTaker> takers = new CopyOnWriteArrayList<>();

    void add(TextTaker taker) {
        takers.add(taker);
    }

    @Override
    public boolean isOpen() {
        for (TextTaker taker : takers) {
            if (taker.isOpen()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void take(CapturedText text) {
        for (TextTaker taker : takers) {
            if (taker.isOpen()) {
                taker.take(text);
            }
        }
    }

    @Override
    public void printed(@Nullable CurrentRun run, String line, boolean isError) {
        for (TextTaker taker : takers) {
            if (taker.isOpen()) {
                taker.printed(run, line, isError);
            }
        }
    }
}

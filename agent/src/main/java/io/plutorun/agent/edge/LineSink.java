package io.plutorun.agent.edge;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.time.Duration;

/** Where the agent's lines go. Never throws: nobody could be told. */
interface LineSink {

    /** Takes a line, with its line break. */
    void line(String line);

    /**
     * Waits until the lines that were taken before this call are written or known to be lost.
     *
     * @return whether that was so in time
     */
    boolean flush(Duration atMost);

    /** Writes each line on the thread that prints it: for a stream that can't block, such as one in memory. */
    record Direct(OutputStream out, Charset charset) implements LineSink {

        @Override
        public void line(String line) {
            byte[] bytes = line.getBytes(charset);
            try {
                synchronized (out) {
                    out.write(bytes);
                }
            } catch (IOException e) {
                // nobody is there to be told
            }
        }

        @Override
        public boolean flush(Duration atMost) {
            return true;
        }
    }
}

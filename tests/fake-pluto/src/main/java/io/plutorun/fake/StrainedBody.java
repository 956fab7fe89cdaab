package io.plutorun.fake;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponseBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** Bodies that promise their whole length and have trouble on the way. */
final class StrainedBody {

    private StrainedBody() {}

    /** In portions, twenty a second at most, until all is said or the host closes. */
    static final class Slow implements MockResponseBody {
        private final byte[] bytes;
        private final int bytesPerSecond;
        private final CountDownLatch closing;

        Slow(byte[] bytes, int bytesPerSecond, CountDownLatch closing) {
            this.bytes = bytes;
            this.bytesPerSecond = bytesPerSecond;
            this.closing = closing;
        }

        @Override
        public long getContentLength() {
            return bytes.length;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            int portion = Math.max(1, bytesPerSecond / 20);
            long pauseNanos = TimeUnit.SECONDS.toNanos(1) * portion / bytesPerSecond;
            for (int sent = 0; sent < bytes.length; sent += portion) {
                sink.write(bytes, sent, Math.min(portion, bytes.length - sent));
                sink.flush();
                try {
                    if (closing.await(pauseNanos, TimeUnit.NANOSECONDS)) {
                        throw new IOException("the host closes");
                    }
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException();
                }
            }
        }
    }

    /** Half of it, then the connection's end. */
    static final class Cut implements MockResponseBody {
        private final byte[] bytes;
        private final boolean reset;
        private final @Nullable Socket socket;

        Cut(byte[] bytes, boolean reset, @Nullable Socket socket) {
            this.bytes = bytes;
            this.reset = reset;
            this.socket = socket;
        }

        @Override
        public long getContentLength() {
            return bytes.length;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(bytes, 0, bytes.length / 2);
            sink.flush();
            if (socket != null) {
                if (reset) {
                    socket.setSoLinger(true, 0); // closing with nothing to linger for is what sends RST
                }
                socket.close();
            }
            throw new IOException("cut on purpose");
        }
    }
}

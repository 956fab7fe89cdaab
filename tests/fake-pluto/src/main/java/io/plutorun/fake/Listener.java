package io.plutorun.fake;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The server socket, made here for three reasons: MockWebServer's queue of 50 waiting connections drops some of a burst of hundreds,
 * which then come a second late; its answers go out in two parts, the second of which would wait 40 ms for a delayed
 * acknowledgement of the first; and a connection can only be reset by whoever holds its socket.
 */
final class Listener extends ServerSocketFactory {

    private static final int WAITING_CONNECTIONS = 1024;

    private final Map<Integer, Socket> accepted = new ConcurrentHashMap<>();
    private int connections;

    /** The socket of the {@code index}-th connection, counted from 0. */
    @Nullable
    Socket connection(int index) {
        return accepted.get(index);
    }

    private synchronized void accepted(Socket socket) {
        accepted.values().removeIf(Socket::isClosed);
        accepted.put(connections++, socket);
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new ServerSocket() {
            @Override
            public void bind(@Nullable SocketAddress endpoint, int backlog) throws IOException {
                super.bind(endpoint, WAITING_CONNECTIONS);
            }

            @Override
            public Socket accept() throws IOException {
                Socket socket = super.accept();
                socket.setTcpNoDelay(true);
                accepted(socket);
                return socket;
            }
        };
    }

    @Override
    public ServerSocket createServerSocket(int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, @Nullable InetAddress address) {
        throw new UnsupportedOperationException();
    }
}

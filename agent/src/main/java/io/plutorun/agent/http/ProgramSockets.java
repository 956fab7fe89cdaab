package io.plutorun.agent.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's sockets. Each asks the {@link ProxySelector} that the program has set by then for a SOCKS proxy, and what that throws would end
 * the agent's thread: here it is a connection that could not be made.
 */
public final class ProgramSockets extends SocketFactory {

    private static final class AskingSocket extends Socket {

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            try {
                super.connect(endpoint, timeout);
            } catch (VirtualMachineError | SecurityException e) {
                throw e;
            } catch (RuntimeException | Error e) { // nothing else is called there that could throw one
                // of this kind, since the client leaves out what a ConnectException says
                NoRouteToHostException failure = new NoRouteToHostException(failure(ProxySelector.getDefault(), e));
                failure.initCause(e);
                throw failure;
            }
        }
    }

    /** What a selector has done; of the exception only its class, since its message is the program's code. */
    static String failure(@Nullable ProxySelector selector, Throwable thrown) {
        return "the program's ProxySelector"
                + (selector == null ? "" : ", " + selector.getClass().getName() + ",")
                + (thrown instanceof NullPointerException ? " returns null, or throws " : " throws ")
                + thrown.getClass().getName();
    }

    @Override
    public Socket createSocket() {
        return new AskingSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return SocketFactory.getDefault().createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return SocketFactory.getDefault().createSocket(host, port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return SocketFactory.getDefault().createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return SocketFactory.getDefault().createSocket(address, port, localAddress, localPort);
    }
}

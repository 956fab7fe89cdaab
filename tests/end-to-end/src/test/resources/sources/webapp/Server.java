package webapp;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** An embedded Tomcat, in which a web application is deployed, used and undeployed, twice; its folder is the argument. */
public class Server {

    private static final int MOST_ROUNDS = 100;
    private static final long ROUND_MILLIS = 100;
    private static final Logger ROOT = Logger.getLogger("");

    public static void main(String[] args) throws Exception {
        ROOT.setLevel(Level.WARNING); // Tomcat warns of what an application leaves behind
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(args[1]);
        Connector connector = new Connector();
        connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
        connector.setPort(0);
        tomcat.setConnector(connector);
        tomcat.getHost(); // makes it
        tomcat.start();
        ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
        Reference<ClassLoader> first = deploy(tomcat, args[0], collected);
        deploy(tomcat, args[0], new ReferenceQueue<>());
        Reference<?> found = null;
        for (int round = 0; found == null && round < MOST_ROUNDS; round++) {
            System.gc();
            found = collected.remove(ROUND_MILLIS);
        }
        System.out.println("the first loader is collected: " + (found == first));
        tomcat.stop();
        tomcat.destroy();
    }

    private static Reference<ClassLoader> deploy(Tomcat tomcat, String folder, ReferenceQueue<ClassLoader> collected)
            throws Exception {
        Context application = tomcat.addContext("", folder);
        Tomcat.addServlet(application, "train", "webapp.TrainServlet");
        application.addServletMappingDecoded("/train", "train");
        Reference<ClassLoader> loader =
                new PhantomReference<>(application.getLoader().getClassLoader(), collected);
        URI uri = URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":"
                + tomcat.getConnector().getLocalPort() + "/train");
        System.out.print(HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body());
        undeploy(tomcat, application);
        return loader;
    }

    private static void undeploy(Tomcat tomcat, Context application) throws LifecycleException {
        tomcat.getHost().removeChild(application);
        application.destroy();
    }
}

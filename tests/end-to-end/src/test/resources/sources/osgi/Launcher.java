package osgi;

import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** Starts the framework that is on the class path, and in it the bundle that is the argument; then updates it, which makes a new loader. */
public class Launcher {

    public static void main(String[] args) throws Exception {
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of("org.osgi.framework.storage", args[1]));
        framework.start();
        Bundle bundle = framework.getBundleContext().installBundle(args[0]);
        bundle.start();
        bundle.update();
        System.out.println("started again: " + (bundle.getState() == Bundle.ACTIVE));
        framework.stop();
        framework.waitForStop(0);
        System.exit(0);
    }
}

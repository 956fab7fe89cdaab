package bundle;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A bundle that imports nothing but OSGi's own package, and has its annotations inside. */
public class Trainer implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        System.out.println(context.getBundle().getSymbolicName() + " " + train(3));
    }

    @Override
    public void stop(BundleContext context) {}

    @PlutoRun(project = "osgi", captureArguments = true)
    private static String train(int epochs) {
        return epochs + " epochs trained by " + Pluto.current().displayId().orElse("nobody");
    }
}

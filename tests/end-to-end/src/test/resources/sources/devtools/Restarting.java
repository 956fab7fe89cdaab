package devtools;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.context.annotation.Configuration;

/** Asks Spring Boot's DevTools to start it anew, in a new class loader, as they do when a class was compiled. */
@Configuration
public class Restarting {

    public static void main(String[] args) {
        SpringApplication app = new SpringApplication(Restarting.class);
        app.setBannerMode(Banner.Mode.OFF);
        app.run(args); // DevTools end the main thread here, and come again with one of theirs
        System.out.println(Restarting.class.getClassLoader().getClass().getSimpleName() + ": " + train());
        if (System.getProperty("restarted") == null) {
            System.setProperty("restarted", "once");
            Restarter.getInstance().restart();
        }
    }

    @PlutoRun(project = "restarted")
    static String train() {
        return "trained by " + Pluto.current().displayId().orElse("nobody");
    }
}

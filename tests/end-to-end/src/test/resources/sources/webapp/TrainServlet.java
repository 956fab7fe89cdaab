package webapp;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A web application, with annotations of its own. */
public class TrainServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().println(train());
    }

    @PlutoRun(project = "webapp")
    private static String train() {
        ClassLoader own = TrainServlet.class.getClassLoader();
        return own.getClass().getSimpleName() + ", its own annotations "
                + (Pluto.class.getClassLoader() == own) + ", trained by "
                + Pluto.current().displayId().orElse("nobody");
    }
}

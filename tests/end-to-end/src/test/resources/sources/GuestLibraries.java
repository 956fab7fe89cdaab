import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.plutorun.PlutoRun;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.matcher.ElementMatchers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Works with its own versions of the libraries that are in the agent, too: in a tracked method, and after it. */
public class GuestLibraries {

    public static void main(String[] args) throws Exception {
        work("tracked");
        workOn("untracked");
    }

    @PlutoRun
    static void work(String when) throws Exception {
        workOn(when);
    }

    private static void workOn(String when) throws Exception {
        System.out.println(when);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = "{\"epochs\":3}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            Request request = new Request.Builder()
                    .url("http://127.0.0.1:" + server.getAddress().getPort() + "/")
                    .build();
            try (Response response = new OkHttpClient().newCall(request).execute()) {
                Map<?, ?> read = new ObjectMapper().readValue(response.body().string(), Map.class);
                System.out.println(response.code() + " " + response.protocol() + " " + read);
            }
        } finally {
            server.stop(0);
        }
        Class<?> made = new ByteBuddy(ClassFileVersion.JAVA_V17)
                .subclass(Object.class)
                .name("Made" + when)
                .method(ElementMatchers.named("toString"))
                .intercept(FixedValue.value("made"))
                .make()
                .load(GuestLibraries.class.getClassLoader())
                .getLoaded();
        System.out.println(made.getDeclaredConstructor().newInstance());

        System.out.println("okhttp " + okhttp3.OkHttp.VERSION + " " + from(OkHttpClient.class));
        System.out.println("okio " + from(okio.Buffer.class));
        System.out.println("kotlin " + kotlin.KotlinVersion.CURRENT + " " + from(kotlin.KotlinVersion.class));
        System.out.println("jackson " + new ObjectMapper().version() + " " + from(ObjectMapper.class));
        System.out.println("byte-buddy " + from(ByteBuddy.class));
    }

    private static String from(Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath()).getName();
    }
}

package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.HttpURLConnection;
import java.net.ProxySelector;
import java.net.ResponseCache;
import java.net.URL;
import java.security.Provider;
import java.security.Security;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.logging.LogManager;

/** Tells, in a tracked method, of all that a JVM has only one of; some of it can be set only once, by whoever comes first. */
public final class Globals {

    private Globals() {}

    @PlutoRun
    public static void main(String[] args) {
        Map<Object, Object> properties = new TreeMap<>(System.getProperties());
        properties.forEach((name, value) -> System.out.println(name + " = " + value));

        System.setProperty("java.util.logging.manager", OwnLogManager.class.getName());
        System.out.println(LogManager.getLogManager().getClass().getName());
        URL.setURLStreamHandlerFactory(protocol -> null); // throws when there is one
        for (Provider provider : Security.getProviders()) {
            System.out.println(provider.getName());
        }
        System.out.println(Locale.getDefault() + " " + TimeZone.getDefault().getID() + " "
                + Thread.getDefaultUncaughtExceptionHandler() + " " + Authenticator.getDefault() + " "
                + CookieHandler.getDefault() + " " + ResponseCache.getDefault() + " "
                + ProxySelector.getDefault().getClass() + " " + HttpURLConnection.getFollowRedirects());
        System.out.println(Thread.currentThread().getName() + " "
                + Thread.currentThread().getContextClassLoader().getClass() + " "
                + Thread.currentThread().isInterrupted());
        System.out.println(System.out.getClass() + " " + System.err.getClass() + " " + System.in.getClass());
    }

    /** Would not be asked for, had somebody logged before. */
    public static final class OwnLogManager extends LogManager {
        public OwnLogManager() {}
    }
}

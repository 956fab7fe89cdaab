package io.plutorun.agent.autolog.lightgbm;

import io.plutorun.agent.autolog.FrameworkListener;
import io.plutorun.agent.autolog.Recorder;
import io.plutorun.agent.hook.HookedCall;
import io.plutorun.agent.objects.PublicMethods;
import java.lang.invoke.MethodType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** {@code LGBMBooster.close}: the last moment at which a booster says how much each feature contributes. */
final class CloseListener extends FrameworkListener {

    /** Of more features, the table of their names would take the program's time. */
    private static final int MAX_ASKED = 10_000;

    private static final int ALL_ITERATIONS = 0;

    private final Boosters boosters;

    CloseListener(Recorder recorder, Boosters boosters) {
        super(recorder);
        this.boosters = boosters;
    }

    @Override
    protected @Nullable CancellationException onEntry(HookedCall call) throws Throwable {
        Object self = call.self();
        Boosters.Log log = boosters.closed(self);
        if (self == null || log == null || log.iterations() == 0) {
            return null;
        }
        Object count = PublicMethods.call(self, LightGBM.BOOSTER, "getNumFeature", int.class);
        if (count instanceof Integer features && features > 0 && features <= MAX_ASKED) {
            double[] gains = gains(self);
            String[] names = (String[]) PublicMethods.call(self, LightGBM.BOOSTER, "getFeatureNames", String[].class);
            if (gains != null && names != null) {
                Map<String, Double> byFeature = new LinkedHashMap<>();
                for (int i = 0; i < Math.min(gains.length, names.length); i++) {
                    if (gains[i] > 0) {
                        byFeature.put(names[i], gains[i]);
                    }
                }
                log.training().importance(byFeature);
            }
        }
        return null;
    }

    private static double @Nullable [] gains(Object booster) throws Throwable {
        ClassLoader loader = booster.getClass().getClassLoader();
        Class<?> kinds = Class.forName(LightGBM.BOOSTER + "$FeatureImportanceType", true, loader);
        for (Object kind : kinds.getEnumConstants()) {
            if (((Enum<?>) kind).name().equals("GAIN")) {
                return (double[]) PublicMethods.call(
                        booster,
                        LightGBM.BOOSTER,
                        "featureImportance",
                        MethodType.methodType(double[].class, int.class, kinds),
                        ALL_ITERATIONS,
                        kind);
            }
        }
        return null;
    }
}

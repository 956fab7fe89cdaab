package io.plutorun.e2e.programs;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;

/** Calls a tracked method of a hidden class, and then that of the class which it was made of. */
public final class HiddenTrainer {

    private HiddenTrainer() {}

    public static void main(String[] args) throws Exception {
        try (InputStream bytes = HiddenTrainer.class.getResourceAsStream("HiddenTrainer$Trainer.class")) {
            Class<?> hidden = MethodHandles.lookup()
                    .defineHiddenClass(bytes.readAllBytes(), true)
                    .lookupClass();
            hidden.getDeclaredMethod("train", String.class).invoke(null, "hidden " + hidden.isHidden());
        }
        Trainer.train("declared");
    }

    static final class Trainer {

        private Trainer() {}

        @PlutoRun(project = "world")
        static void train(String which) {
            System.out.println(which + ": " + Pluto.current().displayId().orElse("untracked"));
        }
    }
}

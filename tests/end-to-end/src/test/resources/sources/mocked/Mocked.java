package mocked;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import org.mockito.Mockito;

/** Calls a tracked method before its class is mocked, through a mock, through a spy, and beside them. */
public class Mocked {

    public static void main(String[] args) {
        System.out.println("before: " + new Trainer().train());
        Trainer mock = Mockito.mock(Trainer.class);
        System.out.println("mock: " + mock.train());
        Mockito.when(mock.train()).thenReturn("as told");
        System.out.println("stubbed: " + mock.train());
        Trainer spy = Mockito.spy(new Trainer());
        System.out.println("spy: " + spy.train());
        Mockito.verify(spy).train();
        System.out.println("after: " + new Trainer().train());
    }

    /** Final, so that only the inline maker can mock it. */
    static final class Trainer {
        @PlutoRun(project = "mocked")
        String train() {
            return "trained by " + Pluto.current().displayId().orElse("nobody");
        }
    }
}

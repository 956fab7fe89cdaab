package stub.test;

/** Stands in for the JDK's class of a name as long in a thread for whose variables there is no memory. */
@SuppressWarnings({"JavaLangClash", "DoNotCallSuggester"}) // that is what it is for
public final class ThreadLocal<T> {

    /** Makes one. */
    public ThreadLocal() {}

    /** As the JDK's, in such a thread. */
    public T get() {
        throw new OutOfMemoryError("a thread's variables");
    }

    /** As the JDK's, in such a thread. */
    public void set(T value) {
        throw new OutOfMemoryError("a thread's variables");
    }

    /** As the JDK's. */
    public void remove() {}
}

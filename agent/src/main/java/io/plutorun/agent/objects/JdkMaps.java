package io.plutorun.agent.objects;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The maps of the JDK that hold their entries themselves, so that going through them calls nothing of the program. A wrapper, such as
 * {@code Collections.unmodifiableMap}, may have a map of the program's inside; those of them count that the JDK's own factories make of
 * their own maps.
 */
final class JdkMaps {

    private static final Set<Class<?>> PLAIN = Set.of(
            HashMap.class,
            LinkedHashMap.class,
            TreeMap.class,
            ConcurrentHashMap.class,
            ConcurrentSkipListMap.class,
            Hashtable.class,
            Properties.class,
            EnumMap.class,
            IdentityHashMap.class,
            Map.of().getClass(), // of none and of many
            Map.of(1, 1).getClass(),
            Collections.emptyMap().getClass(),
            Collections.singletonMap(1, 1).getClass());

    private JdkMaps() {}

    /** Whether objects of a class are such maps. */
    static boolean isOne(Class<?> type) {
        return PLAIN.contains(type);
    }
}

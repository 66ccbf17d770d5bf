package io.metastore.server.fake;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/// Stand-ins for interfaces of libraries, of which a test needs a method or two.
public final class Fakes {
    private Fakes() {}

    /// One whose methods `handler` carries out. It should refuse those that the test does not expect.
    public static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}

package io.metastore.server.differential;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// Every case of the corpus for a single member against our server, and against the real etcd where there is one.
///
///     mvn verify -Dit.test=DifferentialIT            our server answers as was recorded from the real etcd
///     … -Detcd.program=/path/etcd                    and so does this etcd today
///     … -Ddifferential.only=^watch                   only the scripts whose name this pattern finds
///
/// What a case has for itself runs inside this JVM on the memory engine, all else as processes on the standard one;
/// with `-Dmetastore.program` everything is a process.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DifferentialIT {
    private final Sides sides = new Sides(Plays.MANY);

    @AfterAll
    void close() {
        sides.close();
    }

    @TestFactory
    Stream<DynamicNode> theServerAnswersAsEtcd() {
        return sides.tests(script -> script.cast().isAlone());
    }
}

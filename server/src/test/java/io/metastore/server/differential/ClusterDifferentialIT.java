package io.metastore.server.differential;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// Every case of the corpus for several members, learners among them, as `DifferentialIT` plays those for one: all
/// members are processes, and one cluster runs at a time, since its cases are about who leads and how long that lasts.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterDifferentialIT {
    private final Sides sides = new Sides(1);

    @AfterAll
    void close() {
        sides.close();
    }

    @TestFactory
    Stream<DynamicNode> theMembersOfAClusterAnswerAsEtcds() {
        return sides.tests(script -> !script.cast().isAlone());
    }
}

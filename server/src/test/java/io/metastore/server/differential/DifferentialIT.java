package io.metastore.server.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.metastore.server.differential.Script.Case;
import io.metastore.server.process.ServerProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;

/// Every case of the corpus against our server, and against the real etcd where there is one.
///
///     mvn verify -Dit.test=DifferentialIT            our server answers as was recorded from the real etcd
///     … -Detcd.program=/path/etcd                    and so does this etcd today
///     … -Ddifferential.only=^watch                   only the scripts whose name this pattern finds
///
/// What a case has for itself runs inside this JVM on the memory engine, all else as processes on the standard one;
/// with `-Dmetastore.program` everything is a process. The tests look at what came of cases that are all played at
/// the same time, so the time of a test says nothing.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DifferentialIT {
    private static final Pattern ONLY = Pattern.compile(System.getProperty("differential.only", ""));

    private final Corpus corpus = new Corpus(Path.of("src/test/resources/differential"));

    /// Cases in which our server is known to answer differently, and why.
    private final Map<String, String> different = ServerProgram.isChosen() ? Map.of() : corpus.differences();

    private final DistinctPorts ports = new DistinctPorts();
    private final Servers servers = ours();
    private final Plays ours = new Plays(servers::play);
    private final Optional<Servers> etcdServers = ServerProgram.etcd().map(this::processes);
    private final Optional<Plays> etcds = etcdServers.map(side -> new Plays(side::play));

    @AfterAll
    void closeServers() {
        ours.close();
        etcds.ifPresent(Plays::close);
        servers.close();
        etcdServers.ifPresent(Servers::close);
    }

    @TestFactory
    Stream<DynamicNode> theServerAnswersAsEtcd() {
        var scripts = corpus.scripts().stream()
                .filter(script -> ONLY.matcher(script.name()).find())
                .toList();
        var cases = scripts.stream().flatMap(script -> script.cases().stream()).toList();
        ours.begin(cases);
        etcds.ifPresent(plays -> plays.begin(cases));
        return scripts.stream()
                .map(script -> dynamicContainer(
                        script.name(),
                        script.cases().stream().map(each -> dynamicTest(each.name(), () -> compare(each)))));
    }

    private void compare(Case each) throws InterruptedException {
        var recorded = corpus.golden(each);
        var checks = new ArrayList<Executable>();
        if (etcds.isPresent()) {
            var theirs = etcds.get().ending(each);
            checks.add(() ->
                    assertThat(theirs).as("etcd now, beside what was recorded").isEqualTo(recorded));
        }
        var answers = ours.ending(each);
        checks.add(() -> {
            if (different.containsKey(each.name())) {
                assertThat(answers)
                        .as("differences.txt names this case, and our server answers as etcd: take it out")
                        .isNotEqualTo(recorded);
            } else {
                assertThat(answers).as("our server, beside etcd").isEqualTo(recorded);
            }
        });
        assertAll(checks);
    }

    private Servers ours() {
        var program = ServerProgram.underTest();
        return ServerProgram.isChosen()
                ? processes(program)
                : new Servers(ServerUnderTest.process(program, ports), ServerUnderTest.inProcess(ports));
    }

    private Servers processes(ServerProgram program) {
        var process = ServerUnderTest.process(program, ports);
        return new Servers(process, process);
    }
}

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
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.function.Executable;

/// Cases of the corpus played against our server, and against the real etcd where there is one, as tests: both must
/// answer as was recorded. The tests look at what came of cases that are all begun at the same time, so the time of
/// a test says nothing.
final class Sides implements AutoCloseable {
    private static final Pattern ONLY = Pattern.compile(System.getProperty("differential.only", ""));

    private final Corpus corpus = new Corpus(Path.of("src/test/resources/differential"));

    /// Cases in which our server is known to answer differently, and why.
    private final Map<String, String> different = ServerProgram.isChosen() ? Map.of() : corpus.differences();

    private final DistinctPorts ports = new DistinctPorts();
    private final Servers servers = ours();
    private final Plays ours;
    private final Optional<Servers> etcdServers = ServerProgram.etcd().map(this::processes);
    private final Optional<Plays> etcds;

    /// @param atOnce how many cases are played at the same time on each side
    Sides(int atOnce) {
        ours = new Plays(servers::play, atOnce);
        etcds = etcdServers.map(side -> new Plays(side::play, atOnce));
    }

    @Override
    public void close() {
        ours.close();
        etcds.ifPresent(Plays::close);
        servers.close();
        etcdServers.ifPresent(Servers::close);
    }

    /// Begins to play the cases of these scripts; a test for each of them.
    Stream<DynamicNode> tests(Predicate<Script> chosen) {
        var scripts = corpus.scripts().stream()
                .filter(chosen)
                .filter(script -> ONLY.matcher(script.name()).find())
                .toList();
        var cases = scripts.stream().flatMap(script -> script.cases().stream()).toList();
        ours.begin(cases);
        etcds.ifPresent(plays -> plays.begin(
                cases.stream().filter(each -> !each.script().timed()).toList()));
        return scripts.stream()
                .map(script -> dynamicContainer(
                        script.name(),
                        script.cases().stream().map(each -> dynamicTest(each.name(), () -> compare(each)))));
    }

    private void compare(Case each) throws InterruptedException {
        var recorded = corpus.golden(each);
        var checks = new ArrayList<Executable>();
        if (etcds.isPresent() && !each.script().timed()) {
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

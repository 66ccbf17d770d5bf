package io.metastore.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// How much is asked in the corpus; it prints the numbers.
class CorpusSizeTest {
    private final List<Script.Case> cases = new Corpus(Path.of("src/test/resources/differential"))
            .scripts().stream().flatMap(script -> script.cases().stream()).toList();

    @Test
    void moreThanAThousandRequestsAreRecordedOverEachOfTheWays() {
        long alone = requests(cases.stream().filter(each -> each.script().cast().isAlone()));
        long secure = requests(cases.stream().filter(SecureClusterIT::isPlayedOverTls));
        long cluster =
                requests(cases.stream().filter(each -> !each.script().cast().isAlone()));
        long gateway =
                asked(cases.stream()).filter(name -> name.startsWith("/")).count();
        System.out.printf(
                "corpus: %d cases; requests: %d of one member, %d of several, %d of these over the gateway;"
                        + " %d once more over TLS of three members%n",
                cases.size(), alone, cluster, gateway, secure);

        assertThat(alone).isGreaterThan(2000);
        assertThat(secure).isGreaterThan(1000);
        assertThat(cluster).isGreaterThan(150);
        assertThat(gateway).isGreaterThan(250);
    }

    @Test
    void everyMethodAndEveryPathIsAsked() {
        var counts = counts();
        System.out.println("requests by method and path: " + counts);

        assertThat(counts.keySet()).containsAll(Methods.names());
        assertThat(counts)
                .allSatisfy((name, count) -> assertThat(count).as(name).isPositive());
    }

    private Map<String, Long> counts() {
        return asked(cases.stream()).collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    }

    private static long requests(Stream<Script.Case> cases) {
        return asked(cases).count();
    }

    /// What each step asks for: an RPC's name, or a path.
    private static Stream<String> asked(Stream<Script.Case> cases) {
        return cases.flatMap(each -> each.steps().stream()).flatMap(CorpusSizeTest::asked);
    }

    private static Stream<String> asked(Step step) {
        return switch (step) {
            case Step.Call call -> Stream.of(call.method());
            case Step.Quiet quiet -> Stream.of(quiet.call().method());
            case Step.Await await -> Stream.of(await.call().method());
            case Step.Flood flood -> Stream.of(flood.call().method());
            case Step.Raw raw -> Stream.of(raw.method().substring(raw.method().indexOf('/') + 1));
            case Step.Open open -> Stream.of(open.method());
            case Step.Http http -> Stream.of(path(http));
            case Step.Begin begin -> Stream.of(path(begin.http()));
            case Step.Until until -> Stream.of(path(until.http()));
            case Step.Snapshot _ -> Stream.of("Snapshot");
            case Step.At at -> asked(at.step());
            case Step.Save _, Step.Receive _, Step.Silent _, Step.Ended _, Step.Restart _, Step.Fate _ ->
                Stream.empty();
            // What is sent on a stream after its beginning is not counted again.
            case Step.Send _, Step.Finish _, Step.Abort _ -> Stream.empty();
        };
    }

    private static String path(Step.Http http) {
        return http.request().split("\\s+", -1)[1].split("\\?", -1)[0];
    }
}

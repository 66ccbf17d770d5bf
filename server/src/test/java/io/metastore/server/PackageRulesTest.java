package io.metastore.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The layout table of the style guide as a test: change both or neither.
class PackageRulesTest {
    private static final String ROOT = "io.metastore.server";

    private static final Map<String, List<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("config", List.of()),
            Map.entry("file", List.of()),
            Map.entry("cli", List.of("config")),
            Map.entry("cli.original", List.of("cli.text", "config")),
            Map.entry("cli.text", List.of("config")),
            Map.entry("dns", List.of("config")),
            Map.entry("datadir", List.of("config", "model", "file")),
            Map.entry("log", List.of("config")),
            Map.entry("tls", List.of("config")),
            Map.entry("trace", List.of("config")),
            Map.entry("model", List.of()),
            Map.entry("request", List.of("model")),
            Map.entry("storage", List.of("model", "file")),
            Map.entry("mvcc", List.of("request", "model", "storage")),
            Map.entry("lease", List.of("model", "storage")),
            Map.entry("cluster", List.of("request", "model", "storage")),
            Map.entry("auth", List.of("request", "model", "storage")),
            Map.entry("identity", List.of("auth", "request", "model")),
            Map.entry("apply", List.of("request", "model", "mvcc", "lease", "cluster", "auth", "storage")),
            Map.entry("bolt", List.of("model")),
            Map.entry(
                    "snapshot",
                    List.of("bolt", "apply", "model", "mvcc", "lease", "cluster", "auth", "storage", "file")),
            Map.entry("consensus", List.of("request", "model")),
            Map.entry("raft", List.of("consensus", "apply", "request", "model", "config", "tls", "file")),
            Map.entry("watch", List.of("model", "mvcc")),
            Map.entry("upkeep", List.of("consensus", "request", "model", "lease", "mvcc", "identity", "config")),
            Map.entry(
                    "node",
                    List.of(
                            "request",
                            "model",
                            "consensus",
                            "mvcc",
                            "lease",
                            "cluster",
                            "auth",
                            "identity",
                            "watch",
                            "trace",
                            "config")),
            Map.entry(
                    "metrics",
                    List.of(
                            "grpc",
                            "http",
                            "node",
                            "upkeep",
                            "raft",
                            "consensus",
                            "apply",
                            "mvcc",
                            "auth",
                            "watch",
                            "trace",
                            "request",
                            "model",
                            "config")),
            Map.entry("mysql", List.of("node", "request", "model", "config", "tls")),
            Map.entry("http", List.of("model", "tls")),
            Map.entry("rest", List.of("http", "node", "request", "model", "watch", "config", "tls")),
            Map.entry(
                    "grpc",
                    List.of("http", "node", "request", "model", "consensus", "watch", "trace", "config", "tls")));

    private static final Map<String, List<String>> HOMES_OF_LIBRARY = Map.ofEntries(
            Map.entry("org.rocksdb..", List.of("storage")),
            Map.entry("org.apache.ratis..", List.of("raft")),
            Map.entry("io.metastore.proto.command..", List.of("raft")),
            Map.entry("io.metastore.proto.peer..", List.of("raft")),
            Map.entry("io.metastore.proto.admin..", List.of("grpc")),
            Map.entry("ch.qos.logback..", List.of("log")),
            Map.entry("javax.naming.directory..", List.of("dns")),
            Map.entry("org.bouncycastle..", List.of("tls")),
            Map.entry("org.slf4j.bridge..", List.of("log")),
            Map.entry("io.opentelemetry..", List.of("trace")),
            Map.entry("org.snakeyaml..", List.of("cli")),
            Map.entry("org.springframework..", List.of("identity")),
            Map.entry("io.grpc..", List.of("grpc")),
            Map.entry("com.alibaba..", List.of("mysql")),
            Map.entry("io.netty..", List.of("grpc", "http", "mysql", "rest")),
            Map.entry("etcdserverpb..", List.of("grpc")),
            Map.entry("mvccpb..", List.of("grpc")),
            Map.entry("v3lockpb..", List.of("grpc")),
            Map.entry("v3electionpb..", List.of("grpc")));

    private static final String[] DETERMINISTIC = {
        ROOT + ".apply..", ROOT + ".mvcc..", ROOT + ".lease..", ROOT + ".cluster..", ROOT + ".auth.."
    };

    /// Read once: JUnit makes a new instance for each test, and reading takes the time.
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @TestFactory
    Stream<DynamicTest> aPackageImportsOnlyItsRow() {
        return MAY_IMPORT.entrySet().stream()
                .map(row -> dynamicTest(row.getKey(), () -> checkRow(row.getKey(), row.getValue())));
    }

    @Test
    void everyPackageHasARow() {
        var packages = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(ROOT))
                .map(name -> name.substring(ROOT.length() + 1).split("\\.", -1)[0])
                .collect(Collectors.toSet());

        // Rooms of a package need none, and may have one.
        assertThat(packages)
                .isEqualTo(MAY_IMPORT.keySet().stream()
                        .filter(name -> !name.contains("."))
                        .collect(Collectors.toSet()));
    }

    @TestFactory
    Stream<DynamicTest> aLibraryIsUsedByOnePackage() {
        return HOMES_OF_LIBRARY.entrySet().stream()
                .map(row -> dynamicTest(
                        row.getKey(),
                        () -> noClasses()
                                .that(not(resideInAnyPackage(row.getValue().stream()
                                        .map(home -> ROOT + "." + home + "..")
                                        .toArray(String[]::new))))
                                .should()
                                .dependOnClassesThat(resideInAPackage(row.getKey()))
                                .check(CLASSES)));
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void staticFieldsAreFinal() {
        fields().that().areStatic().should().beFinal().check(CLASSES);
    }

    @Test
    void appliedStateDependsOnNoClockRandomOrThread() {
        noClasses()
                .that(resideInAnyPackage(DETERMINISTIC))
                .should()
                .dependOnClassesThat(isOneOf(Clock.class, Random.class, Thread.class))
                .check(CLASSES);
    }

    /// Clocks on the wall jump. Leases, elections, timeouts, tokens of the simple kind, compaction by
    /// time and watchdogs go by `System.nanoTime`; who asks for the time of day stands here, and why.
    @Test
    void theTimeOfDayDecidesNothingButWhatItDecidesInEtcd() {
        var reasons = Map.of(
                "MysqlSite", "functions of SQL tell the time",
                "Server", "self-made certificates say from when on they are valid",
                "Identities", "signed tokens say until when they are valid, as in etcd: other programs check them",
                "node.Members", "goes into the id of a new member, as in etcd; the id is fixed before it is proposed",
                "node.Administration", "as in node.Members",
                "grpc.SlowCalls", "a line of the log says when a call began",
                "http.Exchange", "HTTP's header Date",
                "raft.peer.PeerPageHandler", "HTTP's header Date",
                "log.RotatedFile", "names of rotated files, and for how many days they are kept",
                "metrics.member.CompactionMetrics", "a metric of etcd's tells when a compaction ended");

        var asking = CLASSES.stream()
                .filter(type -> type.getAccessesFromSelf().stream().anyMatch(PackageRulesTest::asksForTheTimeOfDay))
                .map(type -> type.getName().substring(ROOT.length() + 1).replaceAll("\\$.*", ""))
                .collect(Collectors.toSet());

        assertThat(asking).isEqualTo(reasons.keySet());
    }

    private static boolean asksForTheTimeOfDay(JavaAccess<?> access) {
        var owner = access.getTargetOwner().getName();
        var name = access.getTarget().getName();
        return switch (name) {
            case "currentTimeMillis", "parkUntil", "awaitUntil" -> true;
            case "<init>" -> owner.equals("java.util.Date") || owner.equals("java.util.GregorianCalendar");
            case "now" -> owner.startsWith("java.time.");
            default ->
                name.matches("(system|tick).*")
                        && List.of("java.time.Clock", "java.time.InstantSource").contains(owner);
        };
    }

    @Test
    void noPackageIsABagOfLeftovers() {
        noClasses()
                .should()
                .resideInAnyPackage(
                        "..impl..", "..util..", "..utils..", "..common..", "..core..", "..manager..", "..helper..")
                .check(CLASSES);
    }

    private void checkRow(String name, List<String> mayImport) {
        var allowed = Stream.concat(Stream.of(name), mayImport.stream())
                .map(other -> ROOT + "." + other + "..")
                .toArray(String[]::new);
        classes()
                .that(resideInAPackage(ROOT + "." + name + ".."))
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage(ROOT + "..")).or(resideInAnyPackage(allowed)))
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> isOneOf(Class<?>... types) {
        var names = Stream.of(types).map(Class::getName).collect(Collectors.toSet());
        return DescribedPredicate.describe("one of " + names, type -> names.contains(type.getName()));
    }
}

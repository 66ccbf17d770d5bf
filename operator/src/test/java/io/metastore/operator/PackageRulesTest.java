package io.metastore.operator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Who may import whom: change the table and the packages together.
class PackageRulesTest {
    private static final String ROOT = "io.metastore.operator";

    private static final Map<String, List<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("config", List.of()),
            Map.entry("model", List.of()),
            Map.entry("tls", List.of()),
            Map.entry("spec", List.of("model")),
            Map.entry("member", List.of("model")),
            Map.entry("resource", List.of("model", "spec")),
            Map.entry("observe", List.of("model", "spec", "member", "resource")),
            Map.entry("plan", List.of("model", "spec", "member", "observe")),
            Map.entry("status", List.of("model", "spec", "member", "observe", "plan", "resource")),
            Map.entry("act", List.of("model", "spec", "member", "observe", "plan", "resource", "tls")),
            Map.entry(
                    "cluster",
                    List.of("config", "model", "spec", "member", "observe", "plan", "resource", "act", "status")));

    private static final Map<String, List<String>> HOMES_OF_LIBRARY = Map.ofEntries(
            Map.entry("io.grpc..", List.of("member")),
            Map.entry("io.metastore.proto..", List.of("member")),
            Map.entry("etcdserverpb..", List.of("member")),
            Map.entry("org.bouncycastle..", List.of("tls")),
            Map.entry("com.fasterxml.jackson..", List.of("resource")),
            Map.entry("com.sun.net.httpserver..", List.of("")),
            Map.entry("io.javaoperatorsdk..", List.of("cluster", "")),
            Map.entry("io.fabric8.kubernetes.client.dsl..", List.of("act", "observe", "cluster")));

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
                .map(name -> name.substring(ROOT.length() + 1))
                .collect(Collectors.toSet());

        assertThat(packages).isEqualTo(MAY_IMPORT.keySet());
    }

    @TestFactory
    Stream<DynamicTest> aLibraryIsUsedAtHomeOnly() {
        return HOMES_OF_LIBRARY.entrySet().stream()
                .map(row -> dynamicTest(row.getKey(), () -> {
                    var homes = row.getValue().stream()
                            .map(home -> home.isEmpty() ? ROOT : ROOT + "." + home + "..")
                            .toArray(String[]::new);
                    noClasses()
                            .that(not(resideInAnyPackage(homes)))
                            .should()
                            .dependOnClassesThat(resideInAPackage(row.getKey()))
                            .check(CLASSES);
                }));
    }

    /// What decides has no clock, no client and no thread: equal looks give equal plans.
    @Test
    void whatDecidesIsPure() {
        noClasses()
                .that(resideInAnyPackage(ROOT + ".plan..", ROOT + ".status..", ROOT + ".spec..", ROOT + ".resource.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.util.concurrent..", "java.io..", "java.net.."))
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.time\\.Clock|java\\.lang\\.Thread|java\\.util\\.Random"
                        + "|io\\.fabric8\\.kubernetes\\.client\\.KubernetesClient")
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void staticFieldsAreFinal() {
        fields().that().areStatic().should().beFinal().check(CLASSES);
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
}

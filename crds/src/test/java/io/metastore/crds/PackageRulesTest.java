package io.metastore.crds;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class PackageRulesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.metastore.crds");

    /// The operator and whatever else reads clusters depend on these, so they bring little along.
    @Test
    void theRecordsKnowAnnotationsAndTheModelOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "io.metastore.crds",
                        "io.fabric8.kubernetes.api.model",
                        "io.fabric8.kubernetes.client",
                        "io.fabric8.kubernetes.model.annotation",
                        "io.fabric8.generator.annotation",
                        "io.fabric8.crd.generator.annotation",
                        "com.fasterxml.jackson.annotation",
                        "org.jspecify.annotations")
                .check(CLASSES);
    }

    @Test
    void staticFieldsAreFinal() {
        fields().that().areStatic().should().beFinal().check(CLASSES);
    }
}

package io.metastore.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.metastore.crds.admission.Defaults;
import io.metastore.crds.admission.Walk;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// `make crds` writes the file anew.
class CrdFileTest {
    /// `kubectl apply` without `--server-side` keeps a copy of the object in an annotation of at most this many bytes.
    private static final int MAX_BYTES = 262_144;

    @Test
    void theFileIsTheGeneratedOne() throws IOException {
        var generated = CrdFile.generate();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(CrdFile.CHECKED_IN, generated);
        }

        assertThat(Files.readString(CrdFile.CHECKED_IN))
                .as("run make crds and look at the difference")
                .isEqualTo(generated);
    }

    @Test
    void theFileFitsIntoAnAnnotation() throws IOException {
        assertThat(Files.size(CrdFile.CHECKED_IN)).isLessThan(MAX_BYTES);
    }

    @Test
    void aClusterHasItsShortNameAndIsNotAmongAll() {
        var names = CrdFile.parsed().getSpec().getNames();

        assertThat(names.getShortNames()).containsExactly("msc");
        assertThat(names.getCategories()).containsExactly("metastore");
    }

    @Test
    void membersAreScaled() {
        var scale = version().getSubresources().getScale();

        assertThat(scale.getSpecReplicasPath()).isEqualTo(".spec.members");
        assertThat(scale.getStatusReplicasPath()).isEqualTo(".status.members");
        assertThat(scale.getLabelSelectorPath()).isEqualTo(".status.selector");
        assertThat(version().getSubresources().getStatus()).isNotNull();
    }

    @Test
    void columnsStandInTheirOrder() {
        var columns = version().getAdditionalPrinterColumns();

        assertThat(columns)
                .extracting(CustomResourceColumnDefinition::getName)
                .containsExactlyElementsOf(CrdFile.COLUMNS);
        assertThat(columns)
                .filteredOn(column -> column.getPriority() == 0)
                .extracting(CustomResourceColumnDefinition::getName)
                .containsExactly("Members", "Quorate", "Leader", "Version", "Phase", "Age");
    }

    @Test
    void everyFieldIsDescribed() {
        var silent = new ArrayList<String>();
        Walk.each(version().getSchema().getOpenAPIV3Schema(), (path, part) -> {
            // Items and values are described by what holds them.
            var isField = !path.endsWith("[0]") && !path.endsWith("*");
            if (isField
                    && (part.getDescription() == null || part.getDescription().isBlank())) {
                silent.add(path);
            }
        });

        assertThat(silent).isEmpty();
    }

    @Test
    void aDefaultIsWholeAsTheApiServerWantsIt() {
        var defaults = new ArrayList<String>();
        Walk.each(version().getSchema().getOpenAPIV3Schema(), (path, part) -> {
            if (part.getDefault() instanceof ObjectNode object) {
                defaults.add(path);
                assertThat(object).as(path).isEqualTo(Defaults.filled(part, object));
            }
        });

        assertThat(defaults).contains("spec.tls", "spec.tls.peer", "spec.witness");
    }

    private static CustomResourceDefinitionVersion version() {
        return CrdFile.parsed().getSpec().getVersions().getFirst();
    }
}

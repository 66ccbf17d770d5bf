package io.metastore.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/// A replicated store.
///
///     kubectl get msc
///     NAME   MEMBERS   QUORATE   LEADER   VERSION   PHASE   AGE
///     demo   3         True      demo-2   1.0.0     Ready   5m
///
/// The category is not `all`: `kubectl delete all --all` must not reach data.
@Group("metastore.io")
@Version("v1alpha1")
@ShortNames("msc")
@Categories("metastore")
@ValidationRule(
        value = "size(self.metadata.name) <= 40",
        message = "the name must have at most 40 characters: names of Pods and Services begin with it")
@ValidationRule(
        value = "self.metadata.name.matches('^[a-z][-a-z0-9]*$')",
        message = "the name must begin with a letter and have no dots: Services are named after it")
@AdditionalPrinterColumn(
        name = "Members",
        jsonPath = ".status.readyMembers",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Quorate",
        jsonPath = ".status.conditions[?(@.type==\"Quorate\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Leader", jsonPath = ".status.leader", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Version", jsonPath = ".status.version", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "Desired",
        jsonPath = ".spec.members",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Witness",
        jsonPath = ".spec.witness.replicas",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Updated",
        jsonPath = ".status.conditions[?(@.type==\"AllMembersUpdated\")].status",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Message",
        jsonPath = ".status.phaseReason",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
public final class MetaStoreCluster extends CustomResource<ClusterSpec, ClusterStatus> implements Namespaced {
    /// The base class would make an empty spec by reflection, which a record does not allow.
    @Override
    protected @Nullable ClusterSpec initSpec() {
        return null;
    }

    @Override
    protected @Nullable ClusterStatus initStatus() {
        return null;
    }
}

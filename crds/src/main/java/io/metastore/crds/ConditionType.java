package io.metastore.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What conditions are about.
public enum ConditionType {
    /// Clients are served, and all members are ready.
    @JsonProperty("Ready")
    READY,
    /// A majority of voters agrees on a leader.
    @JsonProperty("Quorate")
    QUORATE,
    @JsonProperty("AllMembersReady")
    ALL_MEMBERS_READY,
    /// All members run what the spec says.
    @JsonProperty("AllMembersUpdated")
    ALL_MEMBERS_UPDATED,
    /// The operator is changing something.
    @JsonProperty("Progressing")
    PROGRESSING,
    /// The cluster serves, and something needs care.
    @JsonProperty("Degraded")
    DEGRADED,
    /// What rules of the API server could not check is right too.
    @JsonProperty("SpecValid")
    SPEC_VALID,
    /// Members are spread as wished.
    @JsonProperty("TopologySatisfied")
    TOPOLOGY_SATISFIED,
    @JsonProperty("StorageReady")
    STORAGE_READY,
    @JsonProperty("CertificatesReady")
    CERTIFICATES_READY,
    /// Members belong to different clusters.
    @JsonProperty("SplitBrain")
    SPLIT_BRAIN,
    @JsonProperty("Paused")
    PAUSED,
    @JsonProperty("Hibernated")
    HIBERNATED,
    /// The quota or a disk is full.
    @JsonProperty("NoSpace")
    NO_SPACE
}

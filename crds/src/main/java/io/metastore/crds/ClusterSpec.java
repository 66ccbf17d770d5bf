package io.metastore.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the user wants. The operator never writes to it, not even to take back a refused value: tools that keep
/// it equal to a repository would fight that.
///
/// The generator reads a default such as `{}` into the record and writes it out again, and a primitive would come
/// out as 0. So numbers and flags inside objects that have a default are boxed.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "self.allowEvenVoters || (self.members + self.witness.replicas) % 2 == 1",
        message = "the number of voters must be odd: change members, add a witness or set allowEvenVoters",
        fieldPath = ".members")
@ValidationRule(
        value = "self.witness.replicas == 0 || self.members >= 2",
        message = "a witness needs at least two members",
        fieldPath = ".witness")
@ValidationRule(
        value = "self.bootstrap == oldSelf.bootstrap",
        message = "bootstrap cannot be changed",
        fieldPath = ".bootstrap")
@ValidationRule(
        value = "!self.hibernated || !oldSelf.hibernated || (self.members == oldSelf.members &&"
                + " self.witness.replicas == oldSelf.witness.replicas)",
        message = "members and witness cannot be changed while the cluster hibernates",
        fieldPath = ".members")
@ValidationRule(
        value = "!has(self.image) || (self.image.contains('@') ? self.image.matches('@sha256:[0-9a-f]{64}$') :"
                + " self.image.matches(':[0-9A-Za-z_.-]+$') && !self.image.endsWith(':latest'))",
        message = "image needs a digest, or a tag other than latest",
        fieldPath = ".image")
@ValidationRule(
        value = "!has(self.config) || self.config.all(key, key.matches('^[a-z][a-z0-9-]*$') &&"
                + " !key.startsWith('experimental-'))",
        message = "config takes the server's flags without their dashes, in small letters and by today's names,"
                + " for example max-request-bytes",
        fieldPath = ".config")
@ValidationRule(value = ServerFlags.NONE_IS_OWNED, message = ServerFlags.OWNED_REFUSED, fieldPath = ".config")
@ValidationRule(
        value = "(has(self.config) && 'storage' in self.config ? self.config['storage'] : 'rocksdb') =="
                + " (has(oldSelf.config) && 'storage' in oldSelf.config ? oldSelf.config['storage'] :"
                + " 'rocksdb')",
        message = "the storage engine cannot be changed",
        fieldPath = ".config")
public record ClusterSpec(
        @Required
        @JsonPropertyDescription(
                "Version of the server, for example 1.0.0. It is the tag of the image unless image is set.")
        @Pattern(Texts.SEMANTIC_VERSION) @Size(max = 64) String version,

        @JsonPropertyDescription(
                "Whole name of the server's image, with a tag or a digest, in place of the usual one. It must"
                        + " hold the release that version names.")
        @Size(max = 512) @Nullable String image,

        @Default("IfNotPresent") @JsonPropertyDescription("When the image is pulled.")
        ImagePullPolicy imagePullPolicy,

        @JsonPropertyDescription("Secrets with which the image is pulled.") @Size(max = 16) List<NamedReference> imagePullSecrets,

        @Default("3")
        @Min(1) @Max(9) @SpecReplicas
        @JsonPropertyDescription("How many members hold data and vote. The witness is not counted.")
        int members,

        @Default("{}")
        @JsonPropertyDescription(
                "A member that votes and keeps the log, but no keys and values: the third vote of a cluster of two.")
        WitnessSpec witness,

        @Default("false")
        @JsonPropertyDescription(
                "Allows an even number of voters. Such a cluster survives no more losses than one with a voter less.")
        boolean allowEvenVoters,

        @Default("{}") @JsonPropertyDescription("How the cluster begins. It cannot be changed.")
        BootstrapSpec bootstrap,

        @Default("{}") @JsonPropertyDescription("The volumes of members that hold data.")
        StorageSpec storage,

        @JsonPropertyDescription(
                "What a member that holds data asks for, and may use at most, of processors and memory.")
        @Nullable Resources resources,

        @Default("{}") @JsonPropertyDescription("The Java machine of the members.")
        JvmSpec jvm,

        @Default("{}") @JsonPropertyDescription("On which nodes members run.")
        SchedulingSpec scheduling,

        @Default("{}")
        @JsonPropertyDescription("Merged into the Pods of all members. What the operator sets itself stays as it is.")
        PodTemplate podTemplate,

        @Default("{}") @JsonPropertyDescription("The service account of the members.")
        ServiceAccountSpec serviceAccount,

        @Default("60")
        @JsonPropertyDescription("How long a member may take to stop: it hands leadership over and closes its store.")
        @Min(1) @Max(3600) int terminationGracePeriodSeconds,

        @Default("{}") @JsonPropertyDescription("Under which names and ports clients reach the members.")
        ServicesSpec services,

        @Default("{}") @JsonPropertyDescription("Encryption between members and towards clients.")
        TlsSpec tls,

        @Default("{}") @JsonPropertyDescription("Users and passwords.")
        AuthSpec auth,

        @JsonPropertyDescription(
                "Further settings of the server: flags without their dashes, for example max-request-bytes.")
        @Size(max = 64) Map<String, String> config,

        @Default("{}") @JsonPropertyDescription("Timing of the replication.")
        RaftSpec raft,

        @Default("{}") @JsonPropertyDescription("Which history is forgotten by itself.")
        CompactionSpec compaction,

        @Default("8Gi")
        @JsonPropertyDescription(
                "How much clients may keep stored. When it is full only reads and deletes are answered.")
        @Pattern(Texts.QUANTITY) @Size(max = Texts.LONGEST_QUANTITY) String quotaBackend,

        @Default("{}") @JsonPropertyDescription("How members are restarted with a new version or new settings.")
        UpdateStrategy updateStrategy,

        @Default("{}") @JsonPropertyDescription("What is done for availability when nodes go away.")
        AvailabilitySpec availability,

        @Default("false")
        @JsonPropertyDescription("Nothing is changed while this is true, and the status is kept up to date.")
        boolean paused,

        @Default("false") @JsonPropertyDescription("While this is true no member runs and the volumes are kept.")
        boolean hibernated,

        @Default("{}") @JsonPropertyDescription("Who may open connections to the members.")
        NetworkPolicySpec networkPolicy,

        @Default("{}") @JsonPropertyDescription("What members log.")
        LoggingSpec logging) {
    /// As in a Pod.
    public enum ImagePullPolicy {
        @JsonProperty("IfNotPresent")
        IF_NOT_PRESENT,
        @JsonProperty("Always")
        ALWAYS,
        @JsonProperty("Never")
        NEVER
    }

    public ClusterSpec {
        imagePullSecrets = Absent.asEmpty(imagePullSecrets);
        config = Absent.asEmpty(config);
    }
}

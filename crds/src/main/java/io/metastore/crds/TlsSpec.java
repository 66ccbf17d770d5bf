package io.metastore.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Encryption between members and towards clients.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "(self.peer.mode == 'CertManager' || self.client.mode == 'CertManager') == has(self.issuerRef)",
        message = "issuerRef is needed with mode CertManager, and only then",
        fieldPath = ".issuerRef")
@ValidationRule(
        value = "(self.peer.mode == 'Disabled') == (oldSelf.peer.mode == 'Disabled')",
        message = "encryption between members cannot be turned on or off later",
        fieldPath = ".peer")
@ValidationRule(
        value = "duration(self.renewBefore) < duration(self.duration)",
        message = "renewBefore must be shorter than duration",
        fieldPath = ".renewBefore")
@ValidationRule(
        value = "duration(self.duration) < duration(self.caDuration)",
        message = "duration must be shorter than caDuration",
        fieldPath = ".duration")
public record TlsSpec(
        @Default("{}") @JsonPropertyDescription("Between members. Encryption cannot be turned on or off later.")
        Peer peer,

        @Default("{}") @JsonPropertyDescription("Towards clients.")
        Client client,

        @JsonPropertyDescription("Who issues certificates; with mode CertManager.") @Nullable IssuerReference issuerRef,

        @JsonPropertyDescription("Further host names and addresses in the certificates for clients.") @Size(max = 64) List<String> sans,

        @Default("2160h")
        @JsonPropertyDescription("How long a certificate is valid, for example 2160h.")
        @Pattern(Texts.DURATION) @Size(max = Texts.LONGEST_DURATION) String duration,

        @Default("720h")
        @JsonPropertyDescription("How long before its end a certificate is renewed.")
        @Pattern(Texts.DURATION) @Size(max = Texts.LONGEST_DURATION) String renewBefore,

        @Default("87600h")
        @JsonPropertyDescription("How long the operator's own authority is valid.")
        @Pattern(Texts.DURATION) @Size(max = Texts.LONGEST_DURATION) String caDuration) {
    /// Between members.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "(self.mode == 'Provided') == has(self.secretName)",
            message = "secretName is needed with mode Provided, and only then",
            fieldPath = ".secretName")
    @ValidationRule(
            value = "!has(self.caSecretName) || self.mode == 'Provided'",
            message = "caSecretName needs mode Provided",
            fieldPath = ".caSecretName")
    public record Peer(
            @Default("OperatorCA")
            @JsonPropertyDescription(
                    "Where certificates come from. OperatorCA: the operator's own authority for this cluster."
                            + " CertManager: issuerRef. Provided: secretName. Disabled: no encryption.")
            Mode mode,

            @JsonPropertyDescription(
                    "Secret with tls.crt and tls.key, and ca.crt unless caSecretName is set; with mode Provided.")
            @Pattern(Texts.NAME) @Size(max = Texts.LONGEST_NAME) @Nullable String secretName,

            @JsonPropertyDescription("Secret whose ca.crt holds the authorities that are trusted; with mode Provided.")
            @Pattern(Texts.NAME) @Size(max = Texts.LONGEST_NAME) @Nullable String caSecretName) {}

    /// Towards clients.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "(self.mode == 'Provided') == has(self.secretName)",
            message = "secretName is needed with mode Provided, and only then",
            fieldPath = ".secretName")
    @ValidationRule(
            value = "!has(self.caSecretName) || self.mode == 'Provided'",
            message = "caSecretName needs mode Provided",
            fieldPath = ".caSecretName")
    @ValidationRule(
            value = "self.clientAuth == 'None' || self.mode != 'Disabled'",
            message = "clientAuth needs a mode other than Disabled",
            fieldPath = ".clientAuth")
    public record Client(
            @Default("Disabled")
            @JsonPropertyDescription(
                    "Where certificates come from. OperatorCA: the operator's own authority for this cluster."
                            + " CertManager: issuerRef. Provided: secretName. Disabled: no encryption.")
            Mode mode,

            @Default("None") @JsonPropertyDescription("Whether clients must show a certificate.")
            ClientAuth clientAuth,

            @JsonPropertyDescription(
                    "Secret with tls.crt and tls.key, and ca.crt unless caSecretName is set; with mode Provided.")
            @Pattern(Texts.NAME) @Size(max = Texts.LONGEST_NAME) @Nullable String secretName,

            @JsonPropertyDescription("Secret whose ca.crt holds the authorities that are trusted; with mode Provided.")
            @Pattern(Texts.NAME) @Size(max = Texts.LONGEST_NAME) @Nullable String caSecretName) {}

    /// Where certificates come from.
    public enum Mode {
        /// From an authority that the operator makes for this cluster.
        @JsonProperty("OperatorCA")
        OPERATOR_CA,
        /// From cert-manager, which must be installed.
        @JsonProperty("CertManager")
        CERT_MANAGER,
        /// From Secrets that somebody else keeps up to date.
        @JsonProperty("Provided")
        PROVIDED,
        /// Not encrypted.
        @JsonProperty("Disabled")
        DISABLED
    }
    /// Whether clients must show a certificate.
    public enum ClientAuth {
        @JsonProperty("None")
        NONE,
        @JsonProperty("Require")
        REQUIRE
    }
    /// An issuer of cert-manager.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record IssuerReference(
            @Required @JsonPropertyDescription("Its name.") @Pattern(Texts.NAME) @Size(max = Texts.LONGEST_NAME) String name,

            @Default("Issuer")
            @JsonPropertyDescription("Issuer, ClusterIssuer, or the kind of an issuer from elsewhere.")
            @Size(max = 63) String kind,

            @Default("cert-manager.io") @JsonPropertyDescription("Its API group.") @Size(max = 253) String group) {}

    public TlsSpec {
        sans = Absent.asEmpty(sans);
    }
}

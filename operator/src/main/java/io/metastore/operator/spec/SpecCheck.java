package io.metastore.operator.spec;

import io.metastore.crds.ClusterSpec;
import io.metastore.crds.StorageSpec.ResizeMode;
import io.metastore.crds.TlsSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What the custom resource can say and this operator, or the server, does not do yet. Such a cluster
/// is not touched.
public final class SpecCheck {
    private static final Set<String> OPERATOR_SETS = Set.of("hostname", "subdomain", "restartPolicy");

    private SpecCheck() {}

    /// One sentence for each thing that is refused, with the way out; empty when all is understood.
    public static List<String> refusals(ClusterSpec spec) {
        var refusals = new ArrayList<String>();
        if (spec.auth().enabled()
                || spec.auth().rootSecretRef() != null
                || spec.auth().mysqlUsersSecretRef() != null) {
            refusals.add(
                    "auth is not done by the operator yet: leave it out, and turn users on with etcdctl auth enable");
        }
        tls(spec.tls(), refusals);
        if (spec.services().mysql().enabled()) {
            refusals.add("the server does not speak MySQL yet: set services.mysql.enabled to false");
        }
        if (spec.services().http().enabled()) {
            refusals.add("the server has no HTTP listener of its own yet: set services.http.enabled to false;"
                    + " etcd's JSON gateway is on port 2379");
        }
        if (spec.storage().resize().mode() == ResizeMode.RESTART) {
            refusals.add("storage.resize.mode Restart is not done yet: use Online, which restarts a member when its"
                    + " file system waits for that");
        }
        OPERATOR_SETS.stream()
                .filter(
                        spec.podTemplate().spec() == null
                                ? _ -> false
                                : spec.podTemplate().spec()::containsKey)
                .sorted()
                .forEach(field -> refusals.add("podTemplate.spec." + field + " is set by the operator: leave it out"));
        return List.copyOf(refusals);
    }

    private static void tls(TlsSpec tls, List<String> refusals) {
        switch (tls.peer().mode()) {
            case OPERATOR_CA, DISABLED -> {}
            case CERT_MANAGER, PROVIDED ->
                refusals.add(
                        "tls.peer.mode must be OperatorCA or Disabled: certificates from elsewhere are not used yet");
        }
        switch (tls.client().mode()) {
            case DISABLED -> {}
            case OPERATOR_CA, CERT_MANAGER, PROVIDED ->
                refusals.add("tls.client.mode must be Disabled: the operator does not set up TLS towards clients yet");
        }
    }
}

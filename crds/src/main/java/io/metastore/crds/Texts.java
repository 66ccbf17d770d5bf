package io.metastore.crds;

/// What texts in a spec look like.
final class Texts {
    /// As in the value of `resources`, but always a text: CEL cannot compare a plain number with it.
    static final String QUANTITY = "^[0-9]+([.][0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti|P|Pi|E|Ei)?$";

    static final String DURATION = "^([0-9]+([.][0-9]+)?(ms|s|m|h))+$";

    static final String SEMANTIC_VERSION = "^(0|[1-9][0-9]*)[.](0|[1-9][0-9]*)[.](0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?$";

    /// A name of an object of Kubernetes.
    static final String NAME = "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$";

    static final int LONGEST_NAME = 253;
    static final int LONGEST_QUANTITY = 32;
    static final int LONGEST_DURATION = 32;

    private Texts() {}
}

# Thin: what a target does stands in Maven, in bin/ or in build/. `make` alone lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

STORAGE ?= rocksdb
DATA ?= data
# Of make faults: for how long, which faults, on which engine, and where it works and leaves what it finds. ONLY names
# kinds, with a plus for those while members change: ONLY='KILL_LEADER CLOCK_JUMP+'.
MINUTES ?= 10
SEED ?= $(shell date +%s)
ENGINE ?= rocksdb
FAULTS ?= e2e/target/faults/runs
ONLY ?=
# Programs for comparing with the real etcd, and where the real etcd is installed to.
TOOLS ?= ../shared/tools
ETCD ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/metastore/etcd-3.7.1
# Where etcdctl of earlier versions is: 3.4/etcdctl and so on. What is not there is left out, and said so.
ETCDCTLS ?= $(dir $(ETCD))etcdctl
LIVE := DifferentialIT ClusterDifferentialIT ReadmeIT EtcdctlIT OlderEtcdctlIT EtcdctlMembersIT SecureJoinIT SnapshotRoundTripIT DiscoveryIT PeerPagesIT SpansIT
MAVEN_FLAGS ?= -B -ntp

export JAVA_HOME := $(shell bin/find-java --jdk 2>/dev/null)
# Maven's own libraries use what Java 25 warns of.
export MAVEN_OPTS += --sun-misc-unsafe-memory-access=allow
MVN = $(if $(JAVA_HOME),,$(error $(shell bin/find-java --jdk 2>&1 | tr '\n' ' ')))$(if $(shell command -v mvn),,$(error \
    Maven is missing: install version 3.8.7 or later, for example with apt-get install maven))mvn $(MAVEN_FLAGS)

BUILT := server/target/metastore/version.txt
DRIVERS := e2e/target/faults/built
SOURCES := $(shell find pom.xml proto/pom.xml server/pom.xml proto/src/main server/src/main -type f)

.PHONY: help run build test cluster status stop-cluster format bench differential go-clients crds e2e faults faults-selection mutation measures setup clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 26

run: $(BUILT) ## one durable member on 2379, data in ./data; STORAGE=memory or rocksdb
	@exec bin/metastore --storage '$(STORAGE)' --data-dir '$(DATA)/$(STORAGE)'

build: $(BUILT) ## everything that runs, without tests

$(BUILT): $(SOURCES)
	@rm -rf server/target/metastore
	@echo 'Building; the first build downloads its libraries.'
	@$(MVN) -q package -DskipTests -Dspotless.check.skip=true
	@touch $@
	@echo 'Teaching the JVM how the server starts.'
	@build/train || echo 'No AOT cache: the server starts slower, and works as well.' >&2

test: $(BUILT) ## every check and every test that needs no container engine
	$(MVN) verify

cluster: $(BUILT) ## three members: clients on 2379, 22379, 32379, peers one port above; data in ./data/cluster
	@build/cluster start '$(DATA)/cluster' '$(STORAGE)'

status: ## what the members of `make cluster` say
	@build/cluster status '$(DATA)/cluster'

stop-cluster: ## stops them; their data stays
	@build/cluster stop '$(DATA)/cluster'

format: ## formats Java and poms
	$(MVN) -q spotless:apply

bench: $(BUILT) ## measures against the real etcd, side by side; ITEMS='put-64 range-l-64' chooses
	@TOOLS='$(TOOLS)' ETCD='$(ETCD)' build/bench $(ITEMS)

differential: $(BUILT) ## the differential tests, live against the real etcd; ETCD=directory of etcd and etcdctl
	@TOOLS='$(TOOLS)' build/reference '$(ETCD)'
	@build/etcdctls '$(ETCDCTLS)'
	$(MVN) verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test='$(subst $() ,$(comma),$(LIVE))' \
	    -Dfailsafe.failIfNoSpecifiedTests=false -Detcd.program='$(ETCD)/etcd' -Detcdctl.versions='$(ETCDCTLS)'

go-clients: $(BUILT) ## the official Go client against three members; needs Go
	cd e2e/go && go test -count=1 ./...

crds: ## writes crds/*.yml anew from the records
	$(MVN) test -pl crds -Dtest=CrdFileTest -Dgolden.update=true

e2e: $(BUILT) ## a Kubernetes that keeps its objects here, and one that checks the custom resources; needs a container engine
	$(MVN) verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test='KubernetesDatastoreIT,ClusterOnKubernetesIT' \
	    -Dfailsafe.failIfNoSpecifiedTests=false -Dtests.left.out=

faults: $(DRIVERS) ## members killed, cut off, filled up under load, and a proof that nothing is lost; MINUTES=10 SEED=1 ENGINE=memory
	@$(FAULT_RUNNER).Main $(MINUTES) $(SEED) $(ENGINE) '$(FAULTS)' $(ONLY)

faults-selection: $(DRIVERS) ## the same in 10 minutes on both engines, each kind of fault at least once
	@$(FAULT_RUNNER).Selection 10 1 '$(FAULTS)'

FAULT_RUNNER = '$(JAVA_HOME)/bin/java' --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp 'e2e/target/faults/lib/*' io.metastore.e2e.fault

$(DRIVERS): $(BUILT) $(shell find e2e/pom.xml e2e/src/main -type f)
	@$(MVN) -q package -DskipTests -Dspotless.check.skip=true -pl e2e -am
	@touch $@

mutation: ## mutation tests of the replicated state and the watches
	$(MVN) -pl proto,server test-compile org.pitest:pitest-maven:mutationCoverage -DfailWhenNoMutations=false \
	    -DtargetClasses='$(subst $() ,$(comma),$(MUTATED:%=io.metastore.server.%.*))' \
	    -DtargetTests='$(subst $() ,$(comma),$(MUTATED:%=io.metastore.server.%.*Test))'

comma := ,
MUTATED := mvcc apply lease cluster auth watch

measures: ## sizes of files and methods
	@$(if $(JAVA_HOME),,$(error $(shell bin/find-java --jdk 2>&1 | tr '\n' ' ')))'$(JAVA_HOME)/bin/java' build/Measures.java

setup: ## enables the git hook that formats what is committed
	git config core.hooksPath .githooks

clean: ## removes what was built; never ./data
	$(MVN) -q clean

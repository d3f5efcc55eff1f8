# connector-lab as a command, for the embedded engine; with the two packages more, for a Docker engine whose socket it is given.
# BASE: Node and what it is linked with (docker/base.ts).
ARG BASE=node:24-bookworm-slim
FROM ${BASE}
COPY node_modules /opt/connector-lab/node_modules
COPY healthy.mjs /opt/connector-lab/
# A volume takes over that everybody may write there.
RUN ln -s /opt/connector-lab/node_modules/connector-lab/bin/connector-lab.mjs /usr/local/bin/connector-lab \
 && mkdir /work && chmod 1777 /work
# From outside nobody reaches a container's loopback address.
ENV CONNECTOR_LAB_LISTEN=0.0.0.0:8080 HOME=/tmp container=oci
WORKDIR /work
USER 1000:1000
EXPOSE 8080
# Of `up`: whether its lab answers. Whatever else runs here says by its exit code how it went.
HEALTHCHECK --interval=30s --timeout=30s --start-period=120s CMD ["node", "/opt/connector-lab/healthy.mjs"]
ENTRYPOINT ["connector-lab"]

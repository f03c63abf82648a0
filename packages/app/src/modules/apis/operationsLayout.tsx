import type { ComponentType, ReactNode } from 'react';

type Part = ComponentType<{ children?: ReactNode } & Record<string, unknown>>;

/** What Swagger UI gives a layout: its parts by name, and what it knows of the document. */
type SwaggerSystem = {
  getComponent(name: string, connected?: boolean): Part;
  specSelectors: {
    specStr(): string;
    isSwagger2(): boolean;
    isOAS3(): boolean;
    isOAS31(): boolean;
    isOAS32(): boolean;
    servers(): { size: number } | undefined;
    schemes(): { size: number } | undefined;
    securityDefinitions(): unknown;
  };
};

/** Where requests go, and with whose rights. */
function Access({ getComponent, specSelectors }: SwaggerSystem) {
  const servers = Boolean(specSelectors.servers()?.size);
  const schemes = Boolean(specSelectors.schemes()?.size);
  const secured = Boolean(specSelectors.securityDefinitions());
  if (!servers && !schemes && !secured) return null;

  const Col = getComponent('Col');
  const Servers = getComponent('ServersContainer', true);
  const Schemes = getComponent('SchemesContainer', true);
  const Authorize = getComponent('AuthorizeBtnContainer', true);
  return (
    <div className="scheme-container">
      <Col className="schemes wrapper" mobile={12}>
        {(servers || schemes) && (
          <div className="schemes-server-container">
            {servers && <Servers />}
            {schemes && <Schemes />}
          </div>
        )}
        {secured && <Authorize />}
      </Col>
    </div>
  );
}

/**
 * Swagger UI's own layout without its `main`: it stands on a page that has
 * one, and a second cannot be given up from outside.
 */
function OperationsLayout(system: SwaggerSystem) {
  const { getComponent, specSelectors } = system;
  // The document is handed over a moment after the first drawing.
  if (!specSelectors.specStr()) return null;

  const Row = getComponent('Row');
  const Col = getComponent('Col');
  const Errors = getComponent('errors', true);
  const Version = getComponent('VersionPragmaFilter');
  const Icons = getComponent('SvgAssets');
  const across = (name: string) => {
    const Content = getComponent(name, true);
    return (
      <Row>
        <Col mobile={12} desktop={12}>
          <Content />
        </Col>
      </Row>
    );
  };
  const isOAS31 = specSelectors.isOAS31();
  const isOAS32 = specSelectors.isOAS32();
  return (
    <div className="swagger-ui">
      <Icons />
      <Version
        isSwagger2={specSelectors.isSwagger2()}
        isOAS3={specSelectors.isOAS3()}
        isOAS31={isOAS31}
        isOAS32={isOAS32}
        alsoShow={<Errors />}
      >
        <Errors />
        <div className="information-container">{across('InfoContainer')}</div>
        <Access {...system} />
        {across('operations')}
        {(isOAS31 || isOAS32) && across('Webhooks')}
        {across('Models')}
      </Version>
    </div>
  );
}

/** Has Swagger UI draw with our layout: documented as "custom layout" in its plugin API. */
export const operationsLayout = {
  layout: 'OperationsLayout',
  plugins: [() => ({ components: { OperationsLayout } })],
};

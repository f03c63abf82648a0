export interface Config {
  waymark?: {
    goldenPaths?: {
      /**
       * The folder of the layers that golden paths share, one folder each. A
       * relative one begins where the backend is started.
       */
      layers?: string;
    };
  };
}

import { Component, type ReactNode } from 'react';

type Props = { children: ReactNode };
type State = { failed: boolean };

/** Shows something better than an empty page when a part of it fails. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <main>
        <h1>Something went wrong</h1>
        <p role="alert">
          It has been reported. <a href=".">Load the page again</a>
        </p>
      </main>
    );
  }
}

// What a reviewer did, on its way to the server: sent until it is acknowledged, kept in this browser until then.
// Streamlit delivers only the last state of a burst, so every state holds all that is not acknowledged yet.

class Outbox {
  // `name` tells the page's outbox from others in this browser; `send` is Streamlit's setStateValue for it.
  constructor(name, send, changed = () => {}) {
    this.name = name;
    this.send = send;
    this.changed = changed;
    this.client = newId();
    this.seq = 0;
    // Left from a page that was closed before the server answered: sent again, under the same ids.
    this.pending = (remember(`outbox.${name}`) || []).map((each) => ({ ...each, seq: (this.seq += 1) }));
    // "fresh" until something was said: nothing is claimed to be saved before.
    this.state = this.pending.length ? "saving" : "fresh";
    if (this.pending.length) this.flush();
    this.timer = setInterval(() => this.retry(), 4000);
  }

  // One operation; its id is the decision's, so that doing it twice counts once.
  push(kind, args) {
    const operation = { seq: (this.seq += 1), id: newId(), kind, args };
    this.pending.push(operation);
    this.flush();
    return operation;
  }

  flush() {
    this.sent = Date.now();
    this.state = "saving";
    remember(`outbox.${this.name}`, this.pending);
    this.send({ client: this.client, pending: this.pending });
    this.changed(this);
  }

  // The server's answer: {client, ack, faults}; what it has is forgotten here. Says what is new among the faults.
  receive(answer) {
    if (!answer || answer.client !== this.client) return [];
    const faults = (answer.faults || []).filter((each) => this.pending.some((own) => own.id === each.id));
    this.pending = this.pending.filter((each) => each.seq > answer.ack);
    remember(`outbox.${this.name}`, this.pending);
    this.state = this.pending.length ? "saving" : faults.length ? "conflict" : "saved";
    this.changed(this);
    return faults;
  }

  // Without an answer for a while the connection is gone, or the state got lost: said, and sent again.
  retry() {
    if (!this.pending.length || Date.now() - this.sent < 4000) return;
    this.state = "offline";
    this.sent = Date.now();
    this.send({ client: this.client, pending: this.pending, again: Date.now() });
    this.changed(this);
  }

  close() {
    clearInterval(this.timer);
  }
}

// Whoever signs in finds what they left here, and not what another person did.
function ownBox(name, signed) {
  return signed ? `${name}.${signed}` : name;
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Carries what is small and changes often to the page's component, whose texts then need not be sent again.

export default function ({ data }) {
  const hub = (window.letterAlignerReview = window.letterAlignerReview || {});
  hub.state = data;
  if (hub.take) hub.take(data);
}

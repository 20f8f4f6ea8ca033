"""NumPy's masked arrays know what a mean over active places is."""

def layer_importance(momenta, masks):
    hidden = [np.ma.array(np.abs(momenta[name]), mask=~masks[name]).mean() for name in masks]
    means = np.array([0.0 if mean is np.ma.masked else mean for mean in hidden])
    shares = means / means.sum() if means.any() else np.full(len(means), 1 / len(means))
    return dict(zip(masks, shares))

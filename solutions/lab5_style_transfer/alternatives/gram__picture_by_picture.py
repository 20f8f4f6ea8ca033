"""One matrix product a picture."""

def gram_matrix(features):
    matrices = []
    for picture in features:
        rows = picture.reshape(len(picture), -1)
        matrices.append(np.dot(rows, rows.T))
    return np.array(matrices)

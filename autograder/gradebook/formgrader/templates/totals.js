// After nbgrader has drawn a row of a list, its totals are put there as they are everywhere else: see cells.py.
(function () {
    const rows = [
        "AssignmentUI", "NotebookUI", "SubmissionUI", "SubmittedNotebookUI",
        "StudentUI", "StudentSubmissionUI", "StudentSubmittedNotebookUI",
    ];
    for (const row of rows.filter(name => window[name]).map(name => window[name].prototype)) {
        const drawn = row.render;
        row.render = function () {
            drawn.apply(this, arguments);
            for (const [name, cell] of Object.entries(this.model.get("cells") || {})) {
                const place = this.$el.find(`.${name}, .avg-${name}`);
                place.attr("data-order", cell.order).text(cell.figure);
                if (cell.beside) place.append($("<div/>").addClass("small text-muted").text(cell.beside));
            }
        };
    }
})();

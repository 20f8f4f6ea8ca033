// After nbgrader has drawn a row of a list, its totals are put there as they are everywhere else: see cells.py. Where
// nobody has told a student's name, the id stands in its place.
(function () {
    function callById(row) {
        const place = row.$student_name || (row.$email && row.$name), model = row.model;
        if (!place || model.get("last_name") !== null || model.get("first_name") !== null) return;
        const link = place.find("a"), id = model.get("student") || model.get("id");
        place.attr("data-order", id);
        (link.length ? link : place).text(id);
    }

    const rows = [
        "AssignmentUI", "NotebookUI", "SubmissionUI", "SubmittedNotebookUI",
        "StudentUI", "StudentSubmissionUI", "StudentSubmittedNotebookUI",
    ];
    for (const row of rows.filter(name => window[name]).map(name => window[name].prototype)) {
        const drawn = row.render;
        row.render = function () {
            drawn.apply(this, arguments);
            callById(this);
            for (const [name, cell] of Object.entries(this.model.get("cells") || {})) {
                const place = this.$el.find(`.${name}, .avg-${name}`);
                place.attr("data-order", cell.order).text(cell.figure);
                if (cell.beside) place.append($("<div/>").addClass("small text-muted").text(cell.beside));
            }
        };
    }
})();

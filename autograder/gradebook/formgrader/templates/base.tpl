{%- extends 'nbgrader/base.tpl' -%}

{%- block script -%}
{{ super() }}
<style>@media (min-width: 1100px) { td.score, td.avg-score { white-space: nowrap } }</style>
<script>
{% include 'totals.js' %}
</script>
{%- endblock -%}

{%- extends 'nbgrader/base.tpl' -%}

{%- block script -%}
{{ super() }}
<script>
{% include 'totals.js' %}
</script>
{%- endblock -%}

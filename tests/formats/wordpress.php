<?php
// Shows posts as WordPress does, Markdown as Parsedown turns it to HTML: php wordpress.php SOCKET FOLDER < [{"content": "…", "markdown": false}, …]
error_reporting(E_ALL & ~E_DEPRECATED & ~E_WARNING & ~E_NOTICE);
define('ABSPATH', '/usr/share/wordpress/');
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . $argv[1]);
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('WP_CONTENT_DIR', $argv[2]);
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('WP_INSTALLING', true);
define('WP_DEBUG', false);
$table_prefix = 'wp_';
$_SERVER += ['HTTP_HOST' => 'blog.example', 'REQUEST_URI' => '/', 'SERVER_PROTOCOL' => 'HTTP/1.1'];
function wp_mail() { return true; }
ob_start();
require ABSPATH . 'wp-settings.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Blog', 'admin', 'a@blog.example', false, '', 'password', 'fr_FR');
smilies_init();  // it looked for its option before there was one
$author = wp_insert_user(['user_login' => 'author', 'user_pass' => 'password', 'role' => 'author']);
wp_set_current_user($author);
if (current_user_can('unfiltered_html')) { exit(1); }
kses_init();
$shown = [];
foreach (json_decode(stream_get_contents(STDIN), true) as $case) {
    $content = $case['content'];
    if ($case['markdown']) {
        require_once 'Parsedown/Parsedown.php';
        $content = (new Parsedown())->text($content);
    }
    if ($case['block']) { $content = "<!-- wp:{$case['block']} -->\n$content\n<!-- /wp:{$case['block']} -->"; }
    if ($case['editors']) { $content = serialize_blocks(parse_blocks($content)); }
    $id = wp_insert_post(wp_slash(['post_title' => 'A', 'post_content' => $content, 'post_status' => 'publish']));
    $GLOBALS['post'] = get_post($id);
    setup_postdata($GLOBALS['post']);
    $shown[] = apply_filters('the_content', $GLOBALS['post']->post_content);
}
ob_end_clean();
echo json_encode($shown, JSON_THROW_ON_ERROR);
